import type { LiquidScope } from './liquid-sandbox.js';
import type { AgentProfile } from '../../agents/index.js';

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
] as const;

export type VariableName = (typeof VARIABLES)[number];

/** The interests that one draft is about, in the words of its language. */
export interface Subjects {
  readonly interests: readonly string[];
  readonly interest: string | undefined;
  /** Another interest than `interest` where the agent has one. */
  readonly otherInterest: string | undefined;
}

/** How each variable is read from an agent and the subjects of its draft. */
const READERS: Readonly<Record<VariableName, (agent: DraftAgent, subjects: Subjects) => unknown>> = {
  'agent.name': (agent) => agent.name,
  'agent.first_name': (agent) => agent.name.trim().split(/\s+/u, 1)[0],
  'agent.country': (agent) => agent.country,
  'agent.city': (agent) => agent.city,
  'agent.age': (agent) => agent.age,
  'agent.gender': (agent) => agent.gender,
  'agent.interests': (_agent, subjects) => subjects.interests,
  'agent.bio': (agent) => agent.bio,
  'agent.posting_cadence': (agent) => agent.posting_cadence,
  'agent.tone': (agent) => agent.tone,
  interest: (_agent, subjects) => subjects.interest,
  other_interest: (_agent, subjects) => subjects.otherInterest,
};

/** A scope that is empty and has no prototype. */
export function emptyScope(): LiquidScope {
  const scope: LiquidScope = Object.create(null);
  return scope;
}

/** The scope of a draft: the declared variables, and nothing else. */
export function scopeOf(
  declared: readonly VariableName[],
  agent: DraftAgent,
  subjects: Subjects,
): LiquidScope {
  const scope = emptyScope();
  const fields = emptyScope();
  scope['agent'] = fields;
  for (const name of declared) {
    const value = READERS[name](agent, subjects);
    if (name.startsWith('agent.')) fields[name.slice('agent.'.length)] = value;
    else scope[name] = value;
  }
  return scope;
}
