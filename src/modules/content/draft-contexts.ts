import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { AgentsService } from '../agents/index.js';
import { ContentError } from './content.errors.js';
import { seedOf } from './content.rules.js';
import { DraftsRepository } from './drafts.repository.js';
import type { CompiledTemplate } from './templates/compiled-template.js';
import { checkedInputs } from './templates/inputs.js';
import type { DraftContext, InputValue, Thread } from './writing/draft-context.js';
import { topicOf } from './writing/thread-topic.js';

/** The post that a draft is to answer: a draft by its id, or a text with its author. */
export interface ReplyTo {
  draft?: string | undefined;
  text?: string | undefined;
  author?: string | undefined;
  topic?: string | undefined;
}

/** What a request says that a draft is to be about. */
export interface ContextRequest {
  campaign?: string | undefined;
  topic?: string | undefined;
  inputs?: Readonly<Record<string, InputValue>> | undefined;
  reply_to?: ReplyTo | undefined;
}

/** Makes of a request the seed of its drafts and what they are about: the first step of drafting. */
@Injectable()
export class DraftContexts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly agents: AgentsService,
    private readonly drafts: DraftsRepository,
  ) {}

  /** The seed of a request, or the configured one, or a new one. @throws ContentError `seed_invalid` */
  seed(given: string | undefined): string {
    return seedOf(given, this.config.defaultSeed);
  }

  /**
   * What drafts of a template are about; undefined where a request asks for nothing.
   * @throws ContentError `topic_unexpected`, `thread_unexpected` where the template has no place for it, `thread_required`
   *   where it only writes replies, `inputs_invalid`, `draft_not_found`
   */
  async of(
    template: CompiledTemplate,
    { campaign, topic, inputs, reply_to }: ContextRequest,
    manager: EntityManager,
  ): Promise<DraftContext | undefined> {
    const reads = new Set(template.variables);
    const replies = reads.has('thread.author') || reads.has('thread.topic');
    if (topic !== undefined && !reads.has('topic')) throw refusal('topic_unexpected', template, 'topic');
    if (reply_to !== undefined && !replies) throw refusal('thread_unexpected', template, 'reply_to');
    if (reply_to === undefined && replies) {
      const message = `is needed: the template ${template.id} answers posts`;
      throw new ContentError('invalid', 'thread_required', `reply_to ${message}`, [
        { field: 'reply_to', message },
      ]);
    }
    const values = checkedInputs(template.inputs, inputs);
    const context: DraftContext = {
      ...(campaign !== undefined && { campaign }),
      ...(topic !== undefined && { topic }),
      ...(values !== undefined && { inputs: values }),
      ...(reply_to !== undefined && { thread: await this.thread(reply_to, manager) }),
    };
    return Object.keys(context).length === 0 ? undefined : context;
  }

  /** The text of the post that a request answers; undefined where it answers none. */
  async postOf({ reply_to }: ContextRequest, manager: EntityManager): Promise<string | undefined> {
    if (reply_to?.draft === undefined) return reply_to?.text;
    return (await this.drafts.find(manager, reply_to.draft))?.caption;
  }

  private async thread(
    { draft: id, text = '', author = '', topic }: ReplyTo,
    manager: EntityManager,
  ): Promise<Thread> {
    if (id === undefined)
      return { author, topic: topic ?? topicOf(text, []), draft_id: null, text_sha256: sha256(text) };
    const parent = await this.drafts.find(manager, id);
    if (parent === undefined) {
      const message = `there is no draft ${id}`;
      throw new ContentError('not_found', 'draft_not_found', message, [{ field: 'reply_to.draft', message }]);
    }
    const { profile } = await this.agents.agent(parent.agent_id, manager);
    const { caption, hashtags, context } = parent;
    return {
      author: `@${profile.username_hint}`,
      topic: topic ?? context?.topic ?? context?.thread?.topic ?? topicOf(caption, hashtags),
      draft_id: parent.id,
      text_sha256: sha256(caption),
    };
  }
}

function refusal(
  code: 'topic_unexpected' | 'thread_unexpected',
  { id, variables }: CompiledTemplate,
  field: string,
): ContentError {
  const message = `has no place in the template ${id}, which reads ${variables.join(', ') || 'nothing'}`;
  return new ContentError('invalid', code, `${field} ${message}`, [{ field, message }]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
