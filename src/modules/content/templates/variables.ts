import type { LiquidScope } from './liquid-sandbox.js';
import type { AgentProfile } from '../../agents/index.js';
import type { DraftContext, InputValue } from '../writing/draft-context.js';

/** What drafts read of an agent. */
export type DraftAgent = Pick<
  AgentProfile,
  | 'id'
  | 'name'
  | 'country'
  | 'city'
  | 'locale'
  | 'age'
  | 'gender'
  | 'interests'
  | 'bio'
  | 'posting_cadence'
  | 'tone'
>;

/** Who writes where no agent is named: to check a template, and to show what it makes. */
export const SAMPLE_AGENT: DraftAgent = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'Ana Example',
  country: 'MX',
  city: 'Mexico City',
  locale: 'es-MX',
  age: 30,
  gender: 'unspecified',
  interests: ['street art', 'urban culture'],
  bio: 'A synthetic person.',
  posting_cadence: 'daily',
  tone: 'casual',
};

/** Every variable that a template may declare. */
export const VARIABLES = [
  'agent.name',
  'agent.first_name',
  'agent.country',
  'agent.city',
  'agent.age',
  'agent.gender',
  'agent.interests',
  'agent.bio',
  'agent.posting_cadence',
  'agent.tone',
  'interest',
  'other_interest',
  'topic',
  'campaign',
  'thread.author',
  'thread.topic',
] as const;

export type VariableName = (typeof VARIABLES)[number];

/** The interests that one draft is about, in the words of its language. */
export interface Subjects {
  readonly interests: readonly string[];
  readonly interest: string | undefined;
  /** Another interest than `interest` where the agent has one. */
  readonly otherInterest: string | undefined;
}

/** What texts read beside their agent. */
export interface ScopeContext extends DraftContext {
  /** Every input of the template, defaults among them. */
  readonly inputs?: Readonly<Record<string, InputValue>>;
}

/** What each variable is read from: an agent, the subjects of its draft, and what the draft is about. */
interface Sources {
  readonly agent: DraftAgent;
  readonly subjects: Subjects;
  readonly context: ScopeContext;
}

const READERS: Readonly<Record<VariableName, (sources: Sources) => unknown>> = {
  'agent.name': ({ agent }) => agent.name,
  'agent.first_name': ({ agent }) => agent.name.trim().split(/\s+/u, 1)[0],
  'agent.country': ({ agent }) => agent.country,
  'agent.city': ({ agent }) => agent.city,
  'agent.age': ({ agent }) => agent.age,
  'agent.gender': ({ agent }) => agent.gender,
  'agent.interests': ({ subjects }) => subjects.interests,
  'agent.bio': ({ agent }) => agent.bio,
  'agent.posting_cadence': ({ agent }) => agent.posting_cadence,
  'agent.tone': ({ agent }) => agent.tone,
  interest: ({ subjects }) => subjects.interest,
  other_interest: ({ subjects }) => subjects.otherInterest,
  topic: ({ subjects, context }) => context.topic ?? subjects.interest,
  campaign: ({ context }) => context.campaign ?? '',
  'thread.author': ({ context }) => context.thread?.author,
  'thread.topic': ({ context }) => context.thread?.topic,
};

/** A scope that is empty and has no prototype. */
export function emptyScope(): LiquidScope {
  const scope: LiquidScope = Object.create(null);
  return scope;
}

/** The scope of a draft: the declared variables and inputs, and nothing else. */
export function scopeOf(declared: readonly VariableName[], sources: Sources): LiquidScope {
  const scope = emptyScope();
  const fields = { agent: emptyScope(), thread: emptyScope() };
  for (const name of declared) {
    const value = READERS[name](sources);
    const [root, field] = name.split('.');
    if (field === undefined) scope[name] = value;
    else fields[root === 'thread' ? 'thread' : 'agent'][field] = value;
  }
  return Object.assign(scope, fields, { input: Object.assign(emptyScope(), sources.context.inputs) });
}
