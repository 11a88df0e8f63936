import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AgentPersona, AgentProfile, Gender, PostingCadence, Tone } from './agent.profile.js';

/** A persisted agent: its profile, its population and its place there. */
@Entity('agents')
@Check('agents_age_check', 'age BETWEEN 13 AND 90')
@Check('agents_gender_check', `gender IN ('female', 'male', 'non_binary', 'unspecified')`)
@Check('agents_posting_cadence_check', `posting_cadence IN ('hourly', 'daily', 'weekly', 'monthly')`)
@Check('agents_tone_check', `tone IN ('casual', 'formal', 'enthusiastic', 'sarcastic', 'informative')`)
@Index('agents_position', ['population_id', 'position'], { unique: true })
@Index('agents_username_hint', ['population_id', 'username_hint'], { unique: true })
export class Agent implements Omit<AgentProfile, 'attributes' | 'persona'> {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  population_id!: string;

  /** Its index in the population, from 0. */
  @Column('integer')
  position!: number;

  @Column('text')
  seed!: string;

  @Column('text')
  name!: string;

  @Column('text')
  username_hint!: string;

  @Column('text')
  country!: string;

  @Column('text')
  city!: string;

  @Column('text')
  locale!: string;

  @Column('text')
  timezone!: string;

  @Column('smallint')
  age!: number;

  @Column('text')
  gender!: Gender;

  @Column('text', { array: true })
  interests!: string[];

  @Column('text')
  bio!: string;

  @Column('text')
  posting_cadence!: PostingCadence;

  @Column('text')
  tone!: Tone;

  @Column('text', { array: true })
  behavioral_biases!: string[];

  @Column('jsonb', { nullable: true })
  attributes!: Record<string, string | number> | null;

  @Column('jsonb', { nullable: true })
  persona!: AgentPersona | null;
}

/** The profile of a row: its documented fields in their order, and no other. */
export function profileOf(agent: Agent): AgentProfile {
  return {
    id: agent.id,
    seed: agent.seed,
    name: agent.name,
    username_hint: agent.username_hint,
    country: agent.country,
    city: agent.city,
    locale: agent.locale,
    timezone: agent.timezone,
    age: agent.age,
    gender: agent.gender,
    interests: agent.interests,
    bio: agent.bio,
    posting_cadence: agent.posting_cadence,
    tone: agent.tone,
    behavioral_biases: agent.behavioral_biases,
    ...(agent.attributes !== null && { attributes: agent.attributes }),
    ...(agent.persona !== null && { persona: agent.persona }),
  };
}
