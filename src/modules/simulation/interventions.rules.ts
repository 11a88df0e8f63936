import type { FieldIssue } from '../../core/errors/index.js';
import { type Intervention, keyFromText, topicKey } from '../../engine/index.js';
import { RandomStream } from '../../engine/random.js';
import { admits, type SimulationAgent, type SimulationDraft } from './feed-mapping.rules.js';
import type { ScenarioIntervention } from './scenarios/interventions.schema.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import { feedSettings } from './feed-settings.rules.js';
import { SimulationError } from './simulation.errors.js';

type Content = Extract<ScenarioIntervention, { kind: 'label' }>['content'];
type People = Extract<ScenarioIntervention, { kind: 'suspension' }>['people'];

/** What a scenario's interventions are resolved against. */
export interface Cast {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** By the engine's rows. */
  readonly drafts: readonly SimulationDraft[];
  readonly followers: ArrayLike<number>;
}

/** A number of [0, 1) that belongs to something alone. */
export function drawOf(text: string): number {
  return new RandomStream(keyFromText(text), 0).unit();
}

/** Whether the content of a draft is false in a run. */
export function isFalse(
  { scenario, seed }: Pick<Cast, 'scenario' | 'seed'>,
  { id }: SimulationDraft,
): boolean {
  return drawOf(`veracity:${seed}:${id}`) < scenario.information.false_share;
}

/** Names that a refusal tells. */
const TOLD = 20;

/**
 * The interventions of a scenario, with the drafts and people that each is about.
 * @throws SimulationError `topic_unknown` where one is about a topic that nobody is interested in and no draft is tagged with: it
 * would touch nobody, and say nothing
 */
export function interventionsOf(cast: Cast): Intervention[] {
  requireTopics(cast);
  return cast.scenario.interventions.map((intervention, place) => resolve(cast, intervention, place));
}

function requireTopics({ scenario, agents, drafts }: Cast): void {
  const given = scenario.interventions.flatMap((intervention, place) => [
    ...('content' in intervention ? (intervention.content.topics ?? []) : []).map((topic) => ({
      topic,
      field: `interventions.${place}.content.topics`,
      isTagged: true,
    })),
    ...('people' in intervention ? (intervention.people.interests ?? []) : []).map((topic) => ({
      topic,
      field: `interventions.${place}.people.interests`,
      isTagged: false,
    })),
  ]);
  if (given.length === 0) return;
  const interests = namesOf(agents.map((agent) => agent.interests));
  const topics = new Map([...namesOf(drafts.map(({ hashtags }) => hashtags)), ...interests]);
  const issues = given.flatMap(({ topic, field, isTagged }): FieldIssue[] => {
    const names = isTagged ? topics : interests;
    if (names.has(nameOf(topic))) return [];
    const told = [...names.values()].toSorted().slice(0, TOLD).join(', ');
    const more = names.size > TOLD ? `, and ${names.size - TOLD} more` : '';
    return [{ field, message: `nothing in the run is about ${topic}; what there is: ${told}${more}` }];
  });
  if (issues.length === 0) return;
  const message = issues.map((issue) => `${issue.field}: ${issue.message}`).join('\n');
  throw new SimulationError('invalid', 'topic_unknown', message, issues);
}

/** Topics by their names, each once. */
function namesOf(lists: readonly (readonly string[])[]): Map<string, string> {
  const different = new Set<string>();
  for (const list of lists) for (const topic of list) different.add(topic);
  return new Map([...different].map((topic) => [nameOf(topic), topic]));
}

function resolve(cast: Cast, intervention: ScenarioIntervention, place: number): Intervention {
  const { start } = intervention;
  // Seeds have no end: they are posted in one tick.
  const end = intervention.kind === 'seeding' ? start + 1 : (intervention.end ?? Infinity);
  const span = { start, end };
  switch (intervention.kind) {
    case 'label':
      return {
        kind: 'label',
        ...span,
        ...detectionOf(cast, intervention),
        discourages: intervention.discourages,
      };
    case 'fact_check': {
      const { discourages, unconvinces } = intervention;
      return { kind: 'correct', ...span, ...detectionOf(cast, intervention), discourages, unconvinces };
    }
    case 'downrank':
      return { kind: 'downrank', ...span, ...detectionOf(cast, intervention), share: intervention.share };
    case 'removal': {
      const { strikes, suspension } = intervention;
      return { kind: 'remove', ...span, ...detectionOf(cast, intervention), strikes, suspension };
    }
    case 'friction':
      return {
        kind: 'friction',
        ...span,
        drafts: draftsOf(cast, intervention.content),
        share: intervention.share,
      };
    case 'depth_limit':
      return { kind: 'depth_limit', ...span, depth: intervention.depth };
    case 'moderation':
      return moderationOf(cast, intervention, span);
    case 'prebunk':
    case 'suspension':
    case 'feed_change':
    case 'seeding':
    case 'coordination':
    default:
      return ofPeople(cast, intervention, place, span);
  }
}

type OfPeople = Extract<ScenarioIntervention, { people: People }>;

function ofPeople(
  cast: Cast,
  intervention: OfPeople,
  place: number,
  span: { start: number; end: number },
): Intervention {
  const agents = peopleOf(cast, intervention.people, place);
  switch (intervention.kind) {
    case 'prebunk': {
      const { discourages, half_life_ticks: halfLifeTicks, content } = intervention;
      return {
        kind: 'prebunk',
        ...span,
        drafts: draftsOf(cast, content),
        agents,
        discourages,
        halfLifeTicks,
      };
    }
    case 'suspension':
      return { kind: 'suspend', ...span, agents };
    case 'feed_change': {
      const feed = feedSettings(cast.scenario, intervention.ranking, `interventions.${place}`);
      return { kind: 'feed', ...span, agents, feed };
    }
    case 'coordination':
      return { kind: 'coordinate', ...span, agents, pull: intervention.pull };
    case 'seeding':
    default:
      return { kind: 'seed', ...span, posts: seedsOf(cast, intervention, agents, place) };
  }
}

interface Detection {
  readonly content: Content;
  readonly sensitivity: number;
  readonly false_positives: number;
  readonly delay: number;
}

function detectionOf(cast: Cast, { content, sensitivity, false_positives, delay }: Detection) {
  return { drafts: draftsOf(cast, content), sensitivity, falsePositives: false_positives, delay };
}

function moderationOf(
  { drafts }: Cast,
  intervention: Extract<ScenarioIntervention, { kind: 'moderation' }>,
  span: { start: number; end: number },
): Intervention {
  const { sensitivity, false_positives, delay, reports, capacity, strikes, suspension } = intervention;
  return {
    kind: 'moderate',
    ...span,
    drafts: Uint8Array.from(drafts, ({ action }) => Number(action === 'block' || action === 'escalate')),
    flagged: Uint8Array.from(drafts, (draft) => Number(!admits(draft))),
    sensitivity,
    falsePositives: false_positives,
    delay,
    reports,
    capacity,
    strikes,
    suspension,
  };
}

/** 1 for each draft of some content. */
function draftsOf(cast: Cast, { veracity, topics }: Content): Uint8Array {
  const wanted = topics === undefined ? undefined : new Set(topics.map((topic) => nameOf(topic)));
  const authors = new Map(cast.agents.map((agent) => [agent.id, agent]));
  return Uint8Array.from(cast.drafts, (draft) => {
    if (veracity !== 'any' && isFalse(cast, draft) !== (veracity === 'false')) return 0;
    if (wanted === undefined) return 1;
    const interests = authors.get(draft.agent_id)?.interests ?? [];
    return Number([...draft.hashtags, ...interests].some((topic) => wanted.has(nameOf(topic))));
  });
}

/** 1 for each agent of some people. @param domain keeps what is drawn for one list apart from another */
export function peopleOf(
  { seed, agents }: Pick<Cast, 'seed' | 'agents'>,
  { share, interests }: People,
  place: number,
  domain = 'people',
): Uint8Array {
  const wanted = interests === undefined ? undefined : new Set(interests.map((interest) => nameOf(interest)));
  return Uint8Array.from(agents, (agent) => {
    if (wanted !== undefined && !agent.interests.some((interest) => wanted.has(nameOf(interest)))) return 0;
    return Number(drawOf(`${domain}:${seed}:${place}:${agent.id}`) < share);
  });
}

/** One spelling of a topic: `#StreetArt` and `street art` are the same. */
function nameOf(topic: string): string {
  const { k0, k1 } = topicKey(topic);
  return `${k0}:${k1}`;
}

/** Who posts what: of each of the people the last draft of that content. */
function seedsOf(
  cast: Cast,
  { posts, by, content }: Extract<ScenarioIntervention, { kind: 'seeding' }>,
  people: Uint8Array,
  place: number,
): { agent: number; draft: number }[] {
  const about = draftsOf(cast, content);
  const rows = new Map(cast.agents.map(({ id }, row) => [id, row]));
  const last = new Map<number, number>();
  for (const [draft, { agent_id }] of cast.drafts.entries()) {
    const agent = rows.get(agent_id);
    if (agent !== undefined && about[draft] === 1 && people[agent] === 1) last.set(agent, draft);
  }
  const rank = ([agent]: readonly [number, number]): number =>
    by === 'followers'
      ? -(cast.followers[agent] as number)
      : drawOf(`seeding:${cast.seed}:${place}:${cast.agents[agent]?.id}`);
  return [...last]
    .toSorted((a, b) => rank(a) - rank(b) || a[0] - b[0])
    .slice(0, posts)
    .map(([agent, draft]) => ({ agent, draft }))
    .toSorted((a, b) => a.agent - b.agent);
}
