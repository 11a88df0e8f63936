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
import { SimulationError } from '../simulation.errors.js';
import type { ConductLog, LoggedAct } from './conduct-log.js';
import type { Decision } from './decision.js';
import { MOST_OUTSIDE } from './deciders.schema.js';
import { type KeptDecisions, OutsideDeciders, type OutsideGroup } from './outside-deciders.js';

interface Given {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** Those that may be posted, by the engine's row. */
  readonly drafts: readonly SimulationDraft[];
  /** What was done in the runs that are replayed, by their ids. */
  readonly logs: ReadonlyMap<string, ConductLog>;
  /** What was decided in the runs whose decisions are repeated. */
  readonly kept: KeptDecisions;
}

/** Who is guided, and for whom of them somebody outside decides. */
export interface Guided {
  readonly guidance: Guidance;
  readonly outside: OutsideDeciders | undefined;
}

/** What an agent does in a tick. */
type Source = (tick: number) => Decision;

const NOTHING: Decision = { does: 'nothing' };

/**
 * For whom a log or somebody outside decides instead of the rules; nothing where rules decide for everybody.
 * @throws SimulationError `group_too_large`
 */
export function guidanceOf(given: Given): Guided | undefined {
  const { scenario, agents, drafts, logs } = given;
  const guided = new Uint8Array(agents.length);
  const sources: Source[] = [];
  const groups: OutsideGroup[] = [];
  const outside = new OutsideDeciders(groups, given.kept);
  for (const [place, { decider, rows }] of groupsOf(given).entries()) {
    if (decider.kind === 'rules') continue;
    const log = decider.kind === 'replay' ? logs.get(decider.run) : undefined;
    if (decider.kind === 'replay' && log === undefined)
      throw new Error(`the log of run ${decider.run} was not read`);
    const group = decider.kind === 'replay' ? undefined : { place, decider, rows };
    if (group !== undefined) groups.push(group);
    for (const row of rows) {
      guided[row] = 1;
      const agent = agents[row]?.id ?? '';
      sources[row] = (tick) =>
        group === undefined ? loggedBy(log, tick, agent) : outside.of(group, tick, agent);
    }
  }
  if (!guided.includes(1)) return undefined;
  requireSize(groups, scenario);
  const numbers = {
    agents: new Map(agents.map(({ id }, row) => [id, row])),
    drafts: new Map(drafts.map(({ id }, row) => [id, row])),
  };
  const decided = (tick: number, row: number): Decision => sources[row]?.(tick) ?? NOTHING;
  const guidance: Guidance = {
    agents: guided,
    returns: (tick, row) => decided(tick, row).does === 'return',
    leavesToRules: (tick, row) => decided(tick, row).does === 'rules',
    conduct: (tick, row) => conductOf(decided(tick, row), numbers),
  };
  return { guidance, outside: groups.length > 0 ? outside : undefined };
}

/** Whom each decider decides for: those whom none before it does. */
function groupsOf({ scenario: { deciders = [] }, seed, agents }: Given) {
  const taken = new Uint8Array(agents.length);
  return deciders.map((decider, place) => {
    const group = peopleOf({ seed, agents }, decider.people, place, 'decider');
    const rows: number[] = [];
    for (let row = 0; row < agents.length; row += 1) {
      if (group[row] === 0 || taken[row] === 1) continue;
      taken[row] = 1;
      rows.push(row);
    }
    return { decider, rows };
  });
}

function requireSize(groups: readonly OutsideGroup[], { id }: FeedScenario): void {
  const refuse = (field: string, people: number, most: number): never => {
    const message = `is of ${people} people for whom somebody outside decides; ${most} at most, so choose a smaller share`;
    throw new SimulationError('conflict', 'group_too_large', `scenario ${id}: ${field} ${message}`, [
      { field, message },
    ]);
  };
  for (const { place, decider, rows } of groups) {
    if (decider.kind !== 'llm' || rows.length <= decider.most_people) continue;
    refuse(`deciders[${place}]`, rows.length, decider.most_people);
  }
  const people = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  if (people > MOST_OUTSIDE) refuse('deciders', people, MOST_OUTSIDE);
}

function loggedBy(log: ConductLog | undefined, tick: number, agent: string): Decision {
  const found = log?.of(tick, agent);
  if (found === undefined) return NOTHING;
  if (found.returns) return { does: 'return' };
  if (found.posts) return { does: 'post' };
  return { does: 'read', leaves: found.leaves, acts: found.acts.map((act) => ({ ...act, root: -1 })) };
}

type Numbers = Record<'agents' | 'drafts', ReadonlyMap<string, number>>;

function conductOf(decision: Decision, numbers: Numbers): Conduct | undefined {
  if (decision.does === 'post') return { posts: true, leaves: false, acts: [] };
  if (decision.does !== 'read') return undefined;
  return {
    posts: false,
    leaves: decision.leaves,
    acts: decision.acts.map((act) => actOf(act, act.root, numbers)),
  };
}

function actOf(
  { kind, draft, told, answers, reaction }: LoggedAct,
  root: number,
  numbers: Numbers,
): GuidedAct {
  return {
    kind: EVENT_KINDS.indexOf(kind),
    draft: numbers.drafts.get(draft) ?? -1,
    root,
    told,
    comment: answers?.number ?? -1,
    commenter: answers === null ? -1 : (numbers.agents.get(answers.agent) ?? -1),
    value: reaction === null ? 0 : REACTIONS.indexOf(reaction),
  };
}
