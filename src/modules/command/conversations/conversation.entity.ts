import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SubjectSaid } from '../language/reading.js';
import type { Language } from '../language/words.js';
import type { ThingKind } from '../registry/things.js';

/** Something that was spoken of. */
export interface Mentioned {
  kind: ThingKind;
  id: string;
  name: string;
}

/** What was spoken of, the newest first; a list, which has no id, only where nothing was spoken of since. */
export type Focus = Mentioned | { kind: ThingKind; list: number };

/** A command that waits for an answer. */
export interface KeptIntent {
  command: string;
  given: Record<string, unknown>;
  subject?: SubjectSaid | undefined;
  refers?: Record<string, SubjectSaid> | undefined;
}

/** What was asked, until it is answered. */
export type OpenQuestion = { id: string; language: Language; expires_at: string } & (
  | { about: 'plan'; intent: KeptIntent; thing: Mentioned | null }
  /** One of these: by yes where it is the only one, by its number, its words or its name. */
  | { about: 'choice'; choices: { label: string; intent: KeptIntent }[] }
  /** What was heard and is not certain: by yes, or by saying it again. */
  | { about: 'heard'; text: string }
  | { about: 'missing'; intent: KeptIntent; argument: string }
);

/** What one person says to the laboratory, and what it answers. */
@Entity('conversations')
@Check('conversations_language_check', `language IN ('en', 'es')`)
@Index('conversations_user_id', ['user_id', 'updated_at'])
@Index('conversations_updated_at', ['updated_at'])
export class Conversation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  /** The key that began it. */
  @Column('text', { nullable: true })
  key_id!: string | null;

  /** The language that was spoken last. */
  @Column('text')
  language!: Language;

  /** Of its newest message; the first has 1. */
  @Column('bigint', { default: 0 })
  last_sequence!: string;

  /** What "it" may be, the newest first, one of each kind. */
  @Column('jsonb', { default: [] })
  focus!: Focus[];

  /** What "the second one" is of. */
  @Column('jsonb', { nullable: true })
  listed!: Mentioned[] | null;

  @Column('jsonb', { nullable: true })
  question!: OpenQuestion | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}

/** `said`: by the person; the others: by the server. */
export const MESSAGE_TYPES = ['said', 'answer', 'part', 'question', 'notice'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** One message of a conversation. */
@Entity('conversation_messages')
@Check('conversation_messages_type_check', `type IN ('said', 'answer', 'part', 'question', 'notice')`)
export class ConversationMessage {
  @PrimaryColumn('uuid')
  conversation_id!: string;

  @PrimaryColumn('bigint')
  sequence!: string;

  @Column('text')
  type!: MessageType;

  /** For people. */
  @Column('text')
  text!: string;

  /** For programs. */
  @Column('jsonb')
  body!: Record<string, unknown>;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** A job whose end is to be told in a conversation. */
@Entity('conversation_watches')
@Index('conversation_watches_job_id', ['job_id'])
@Index('conversation_watches_experiment_id', ['experiment_id'], { where: 'experiment_id IS NOT NULL' })
export class ConversationWatch {
  @PrimaryColumn('uuid')
  conversation_id!: string;

  @PrimaryColumn('uuid')
  job_id!: string;

  /** The experiment that the job began, where its end is waited for: when no run of it is left to do. */
  @Column('uuid', { nullable: true })
  experiment_id!: string | null;

  @Column('text')
  language!: Language;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
