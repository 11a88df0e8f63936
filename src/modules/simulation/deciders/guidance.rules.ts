import {
  type Conduct,
  EVENT_KINDS,
  type Guidance,
  type GuidedAct,
  REACTIONS,
} from '../../../engine/index.js';
import type { SimulationAgent, SimulationDraft } from '../feed-mapping.rules.js';
import { peopleOf } from '../interventions.rules.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import type { ConductLog, LoggedAct } from './conduct-log.js';

interface Given {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** Those that may be posted, by the engine's row. */
  readonly drafts: readonly SimulationDraft[];
  /** What was done in the runs that are replayed, by their ids. */
  readonly logs: ReadonlyMap<string, ConductLog>;
}

/** For whom a log decides instead of the rules; nothing where rules decide for everybody. */
export function guidanceOf({ scenario, seed, agents, drafts, logs }: Given): Guidance | undefined {
  const { deciders = [] } = scenario;
  const decided = new Uint8Array(agents.length);
  const replayed = new Uint8Array(agents.length);
  const logOf: (ConductLog | undefined)[] = [];
  for (const [place, decider] of deciders.entries()) {
    const group = peopleOf({ seed, agents }, decider.people, place, 'decider');
    for (let row = 0; row < agents.length; row += 1) {
      if (group[row] === 0 || decided[row] === 1) continue;
      decided[row] = 1;
      if (decider.kind !== 'replay') continue;
      const log = logs.get(decider.run);
      if (log === undefined) throw new Error(`the log of run ${decider.run} was not read`);
      replayed[row] = 1;
      logOf[row] = log;
    }
  }
  if (!replayed.includes(1)) return undefined;
  const rows = {
    agents: new Map(agents.map(({ id }, row) => [id, row])),
    drafts: new Map(drafts.map(({ id }, row) => [id, row])),
  };
  const logged = (tick: number, row: number) => logOf[row]?.of(tick, agents[row]?.id ?? '');
  return {
    agents: replayed,
    returns: (tick, row) => logged(tick, row)?.returns === true,
    conduct: (tick, row): Conduct | undefined => {
      const found = logged(tick, row);
      if (found === undefined || found.returns) return undefined;
      return { posts: found.posts, leaves: found.leaves, acts: found.acts.map((act) => actOf(act, rows)) };
    },
  };
}

type Rows = Record<'agents' | 'drafts', ReadonlyMap<string, number>>;

function actOf({ kind, draft, told, answers, reaction }: LoggedAct, rows: Rows): GuidedAct {
  return {
    kind: EVENT_KINDS.indexOf(kind),
    draft: rows.drafts.get(draft) ?? -1,
    told,
    comment: answers?.number ?? -1,
    commenter: answers === null ? -1 : (rows.agents.get(answers.agent) ?? -1),
    value: reaction === null ? 0 : REACTIONS.indexOf(reaction),
  };
}
