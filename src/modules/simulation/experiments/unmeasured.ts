import type { PathIssue } from '../../../core/documents/index.js';
import { hasOpinions } from '../information.rules.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import type { ExperimentParts } from './experiment.parts.js';
import type { ResolvedArm } from './registration.js';

/** What a scenario has to have for some measures, whatever happens in its runs. */
interface Need {
  readonly measures: ReadonlySet<string>;
  met(scenario: FeedScenario): boolean;
  readonly message: string;
}

const OPINIONS: Need = {
  measures: new Set(['polarisation.opinion.variance', 'polarisation.opinion.bimodality']),
  // Whether the people have an opinion on a topic of their population file is known when they are there.
  met: (scenario) => scenario.measures?.opinion !== undefined || hasOpinions(scenario),
  message:
    'needs opinions that do something (a rule other than none, or a pull above 0), or measures.opinion in the scenario',
};
const EXPOSURES = 'needs a scenario with log_exposures: true';
const met = ({ log_exposures }: FeedScenario): boolean => log_exposures;
const AT_END: readonly Need[] = [
  OPINIONS,
  {
    measures: new Set(['diversity.authors', 'diversity.topics', 'labelled_prevalence']),
    met,
    message: EXPOSURES,
  },
];
const AT_TICKS: readonly Need[] = [
  {
    measures: new Set(['author_entropy', 'topic_entropy', 'attention_gini', 'labelled_prevalence']),
    met,
    message: EXPOSURES,
  },
];

/** Outcomes that runs of an arm can have no value of, since its scenario lacks what they are measured by. */
export function unmeasured({ outcomes }: ExperimentParts, arms: readonly ResolvedArm[]): PathIssue[] {
  return outcomes.flatMap(({ part: { at, measure }, place }) => {
    const need = (at === 'ticks' ? AT_TICKS : AT_END).find(({ measures }) => measures.has(measure));
    const without = arms.filter(({ definition }) => need?.met(definition) === false);
    if (need === undefined || without.length === 0) return [];
    const where = without.length === arms.length ? 'any arm' : without.map(({ name }) => name).join(', ');
    return [
      {
        path: ['outcomes', place, 'measure'],
        message: `${measure} has no value in ${where}: it ${need.message}`,
      },
    ];
  });
}
