import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type {
  Conversation,
  ConversationMessage,
  ConversationWatch,
  OpenQuestion,
} from './conversation.entity.js';

export const CONVERSATION_SORTS = ['updated_at', 'created_at'] as const;
export type ConversationSort = (typeof CONVERSATION_SORTS)[number];

const LIST = new Listing<ConversationSort>({
  name: 'conversations',
  select: 'conversations.*',
  from: 'conversations',
  id: 'conversations.id',
  sorts: {
    updated_at: { sql: 'conversations.updated_at', type: 'timestamptz' },
    created_at: { sql: 'conversations.created_at', type: 'timestamptz' },
  },
});

/** Whose conversations: all of a user, or those that a key of theirs began. */
export interface ConversationHolder {
  user: string;
  key: string | undefined;
}

/** A message that has no place yet. */
export type NewMessage = Pick<ConversationMessage, 'type' | 'text' | 'body'>;

/** What a message changes of its conversation; what is not named stays. */
export type ConversationChange = Partial<Pick<Conversation, 'language' | 'focus' | 'listed' | 'question'>>;

/** Conversations of a user that are kept; of more, the oldest go. */
const KEPT_MAX = 200;

/** All SQL about conversations. */
@Injectable()
export class ConversationsRepository {
  /** Begins a conversation; what is too much of the same user's goes. */
  async begin(
    manager: EntityManager,
    { id, user_id, key_id, language }: Pick<Conversation, 'id' | 'user_id' | 'key_id' | 'language'>,
  ): Promise<void> {
    await manager.query('INSERT INTO conversations (id, user_id, key_id, language) VALUES ($1, $2, $3, $4)', [
      id,
      user_id,
      key_id,
      language,
    ]);
    await manager.query(
      `DELETE FROM conversations WHERE id IN (
         SELECT id FROM conversations WHERE user_id = $1 ORDER BY updated_at DESC, id OFFSET $2)`,
      [user_id, KEPT_MAX],
    );
  }

  async find(
    manager: EntityManager,
    id: string,
    { user, key }: ConversationHolder,
  ): Promise<Conversation | undefined> {
    const [row] = await manager.query<Conversation[]>(
      'SELECT * FROM conversations WHERE id = $1 AND user_id = $2 AND ($3::text IS NULL OR key_id = $3)',
      [id, user, key ?? null],
    );
    return row;
  }

  list(
    manager: EntityManager,
    { user, key }: ConversationHolder,
    request: PageRequest<ConversationSort>,
  ): Promise<Page<Conversation>> {
    const conditions = new Conditions()
      .equal('conversations.user_id', user)
      .equal('conversations.key_id', key);
    return LIST.page<Conversation>(manager, conditions, request);
  }

  /**
   * Adds messages at the end of a conversation and changes what it knows, in one step.
   * @returns the messages with their places, and the conversation as it is then; undefined when it is gone
   */
  async append(
    manager: EntityManager,
    id: string,
    messages: readonly NewMessage[],
    change: ConversationChange = {},
  ): Promise<{ conversation: Conversation; messages: ConversationMessage[] } | undefined> {
    const values: unknown[] = [
      id,
      messages.length,
      messages.map(({ type }) => type),
      messages.map(({ text }) => text),
      messages.map(({ body }) => JSON.stringify(body)),
    ];
    const sets = Object.entries(change).flatMap(([column, value]) => {
      if (value === undefined) return [];
      values.push(column === 'language' || value === null ? value : JSON.stringify(value));
      return [`${column} = $${values.length}${column === 'language' ? '' : '::jsonb'}`];
    });
    const [conversation] = await manager.query<(Conversation & { added: ConversationMessage[] | null })[]>(
      `WITH changed AS (
         UPDATE conversations SET last_sequence = last_sequence + $2, updated_at = now()${sets.map((set) => `, ${set}`).join('')}
         WHERE id = $1 RETURNING *),
       added AS (
         INSERT INTO conversation_messages (conversation_id, sequence, type, text, body)
         SELECT changed.id, changed.last_sequence - $2 + new.place, new.type, new.text, new.body
         FROM changed, unnest($3::text[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS new (type, text, body, place)
         RETURNING sequence, created_at)
       SELECT changed.*, (SELECT json_agg(json_build_object('sequence', sequence::text, 'created_at', created_at) ORDER BY sequence)
                          FROM added) AS added FROM changed`,
      values,
    );
    if (conversation === undefined) return undefined;
    const { added, ...row } = conversation;
    return {
      conversation: row,
      messages: messages.map((message, index) => {
        const place = added?.[index] as ConversationMessage;
        return {
          ...message,
          conversation_id: id,
          sequence: place.sequence,
          created_at: new Date(place.created_at),
        };
      }),
    };
  }

  /** Takes the open question away, for who answers it: once. */
  async takeQuestion(
    manager: EntityManager,
    id: string,
    question: string,
  ): Promise<OpenQuestion | undefined> {
    const [rows] = await manager.query<[{ question: OpenQuestion }[], number]>(
      `WITH asked AS (SELECT id, question FROM conversations WHERE id = $1 AND question->>'id' = $2 FOR UPDATE)
       UPDATE conversations SET question = NULL FROM asked WHERE conversations.id = asked.id RETURNING asked.question`,
      [id, question],
    );
    return rows[0]?.question;
  }

  /** @returns the id of the question that was asked last and not answered; undefined where there is none */
  async openQuestion(manager: EntityManager, id: string): Promise<string | undefined> {
    const [row] = await manager.query<{ question: string | null }[]>(
      `SELECT question->>'id' AS question FROM conversations WHERE id = $1`,
      [id],
    );
    return row?.question ?? undefined;
  }

  /** Messages after a place, the oldest first. */
  messagesAfter(
    manager: EntityManager,
    id: string,
    after: string,
    limit: number,
  ): Promise<ConversationMessage[]> {
    return manager.query<ConversationMessage[]>(
      `SELECT * FROM conversation_messages WHERE conversation_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
      [id, after, limit],
    );
  }

  /** The newest messages, the oldest of them first. */
  async newest(manager: EntityManager, id: string, limit: number): Promise<ConversationMessage[]> {
    const rows = await manager.query<ConversationMessage[]>(
      `SELECT * FROM conversation_messages WHERE conversation_id = $1 ORDER BY sequence DESC LIMIT $2`,
      [id, limit],
    );
    return rows.toReversed();
  }

  /** Has the end of a job, or of the experiment that it began, told in a conversation. */
  async watch(
    manager: EntityManager,
    id: string,
    { job_id, experiment_id, language }: Pick<ConversationWatch, 'job_id' | 'experiment_id' | 'language'>,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO conversation_watches (conversation_id, job_id, experiment_id, language) VALUES ($1, $2, $3, $4)
       ON CONFLICT (conversation_id, job_id) DO UPDATE
       SET language = excluded.language, experiment_id = excluded.experiment_id`,
      [id, job_id, experiment_id, language],
    );
  }

  watchesOf(manager: EntityManager, id: string): Promise<ConversationWatch[]> {
    return manager.query<ConversationWatch[]>(
      'SELECT * FROM conversation_watches WHERE conversation_id = $1',
      [id],
    );
  }

  /** Takes a watch away, for who tells of the end: once. */
  async takeWatch(manager: EntityManager, id: string, jobId: string): Promise<ConversationWatch | undefined> {
    const [rows] = await manager.query<[ConversationWatch[], number]>(
      'DELETE FROM conversation_watches WHERE conversation_id = $1 AND job_id = $2 RETURNING *',
      [id, jobId],
    );
    return rows[0];
  }

  /** Deletes conversations that nobody has said anything in for so many days. */
  async sweep(manager: EntityManager, days: number): Promise<number> {
    const [, swept] = await manager.query<[unknown[], number]>(
      `DELETE FROM conversations WHERE updated_at < now() - make_interval(days => $1)`,
      [days],
    );
    return swept;
  }

  async countOld(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM conversations WHERE updated_at < now() - make_interval(days => $1)`,
      [days],
    );
    return row?.count ?? 0;
  }
}
