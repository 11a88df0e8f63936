export const GENDERS = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const POSTING_CADENCES = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const TONES = ['casual', 'formal', 'enthusiastic', 'sarcastic', 'informative'] as const;

export type Gender = (typeof GENDERS)[number];
export type PostingCadence = (typeof POSTING_CADENCES)[number];
export type Tone = (typeof TONES)[number];

/** The age, in years, that an agent can have; both ends included. */
export const MIN_AGE = 13;
export const MAX_AGE = 90;

/** One synthetic person, as it goes over the wire. No field refers to a real person or account. */
export interface AgentProfile {
  /** A version-4-shaped UUID that depends on the specification and the index alone. */
  id: string;
  /** Sixteen hexadecimal digits from the specification and the index: the root of everything this agent does later. */
  seed: string;
  name: string;
  /** ASCII, [a-z0-9._], 3 to 30 characters, unique in its population. */
  username_hint: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  city: string;
  /** BCP 47, e.g. `es-MX`. */
  locale: string;
  /** IANA time zone of the city. */
  timezone: string;
  /** Years, 13 to 90. */
  age: number;
  gender: Gender;
  /** Two to five, without repetition; at least one of the specification's when it gives any. */
  interests: string[];
  /** 60 to 160 characters. */
  bio: string;
  posting_cadence: PostingCadence;
  tone: Tone;
  /** One to three names from behavioural science, e.g. `social_proof`. */
  behavioral_biases: string[];
  /** Attributes of a population file that are no fields; absent where there are none. */
  attributes?: Record<string, string | number>;
  /** What a population file wants told of everybody; absent where it wants nothing. */
  persona?: AgentPersona;
}

/** Traits, opinions and relationships; each absent where the population file does not speak of it. */
export interface AgentPersona {
  /** Whole numbers from 0 to 100. */
  big_five?: Record<string, number>;
  /** From -1, against, to 1, for; two decimals. */
  opinions?: Record<string, number>;
  /** Mutual: who is named has the same relationship with this agent. */
  relationships?: { kind: string; agent_id: string }[];
}
