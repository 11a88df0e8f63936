import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { documentErrorAt, parseYamlDocument, type PathIssue } from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import { mergePatch } from '../merge-patch.js';
import { checkScenario } from '../scenarios/scenario.check.js';
import { scenarioDigest } from '../scenarios/scenario.loader.js';
import { feedScenarioSchema, type FeedScenario, type Scenario } from '../scenarios/scenario.schema.js';
import { ENGINE_VERSION } from '../simulation.rules.js';
import { experimentSchema, type ExperimentFile } from './experiment.schema.js';

/** An arm with the scenario that its runs go by. */
export interface ResolvedArm {
  readonly name: string;
  readonly definition: FeedScenario;
  /** SHA-256 of the scenario’s meaning. */
  readonly digest: string;
}

/** What is settled about an experiment before its first run. */
export interface Registration {
  readonly file: ExperimentFile;
  readonly arms: readonly ResolvedArm[];
  readonly ticks: number;
  /** SHA-256 of the canonical form (RFC 8785) of the file, its arms and the version of the engine: the experiment’s identity. */
  readonly digest: string;
  /** SHA-256 of the canonical form of the pre-registration alone. */
  readonly preregistration_sha256: string;
}

/** Reads an experiment from YAML text. @throws DocumentError naming every wrong line */
export function parseExperiment(text: string, source: string): ExperimentFile {
  return parseYamlDocument(text, source, experimentSchema);
}

/**
 * Works out the arms of an experiment on its scenario, and its digests.
 * @param text that `file` was read from, for the lines of what is wrong
 * @throws DocumentError naming every wrong line
 */
export async function register(
  file: ExperimentFile,
  base: Scenario,
  { text, source }: { text: string; source: string },
): Promise<Registration> {
  const refuse = (issues: readonly PathIssue[]): never => {
    throw documentErrorAt(text, source, issues);
  };
  if (base.model === 'feedsim')
    return refuse([
      { path: ['scenario'], message: 'is a scenario of the model feed; feedsim has no outcomes' },
    ]);
  const ticks = file.ticks ?? base.ticks;
  const issues: PathIssue[] = [];
  const arms: ResolvedArm[] = [];
  for (const [place, { name, changes }] of file.arms.entries()) {
    const path = ['arms', place, 'changes'];
    const read = feedScenarioSchema.safeParse(mergePatch(base, changes));
    if (!read.success) {
      issues.push(
        ...read.error.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })),
      );
      continue;
    }
    issues.push(...(await unusable(read.data, path)));
    arms.push({ name, definition: read.data, digest: scenarioDigest(read.data) });
  }
  issues.push(...sameArms(arms), ...lateOutcomes(file, ticks));
  if (issues.length > 0) return refuse(issues);
  return {
    file,
    arms,
    ticks,
    digest: digestOf({ engine: ENGINE_VERSION, file, arms: arms.map(({ digest }) => digest) }),
    preregistration_sha256: digestOf(file.preregistration),
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
}

async function unusable(scenario: FeedScenario, path: readonly PropertyKey[]): Promise<PathIssue[]> {
  if (scenario.graph.model === 'imported') {
    return [
      {
        path: [...path, 'graph', 'model'],
        message: 'is one that is made; an imported network comes with each run',
      },
    ];
  }
  try {
    await checkScenario(scenario);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.issues.map(({ field, message }) => ({ path: [...path, ...field.split('.')], message }));
  }
}

/** Arms that do the same differ by nothing: whoever wrote them meant something else. */
function sameArms(arms: readonly ResolvedArm[]): PathIssue[] {
  return arms.flatMap(({ name, digest }, place) => {
    const twin = arms.slice(0, place).find((other) => other.digest === digest);
    if (twin === undefined) return [];
    return [{ path: ['arms', place, 'changes'], message: `makes ${name} the same as ${twin.name}` }];
  });
}

function lateOutcomes({ outcomes }: ExperimentFile, ticks: number): PathIssue[] {
  return outcomes.flatMap((outcome, place) =>
    outcome.at === 'ticks' && outcome.from >= ticks
      ? [
          {
            path: ['outcomes', place, 'from'],
            message: `is before the end of the run, which has ${ticks} ticks`,
          },
        ]
      : [],
  );
}
