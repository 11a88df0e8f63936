import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { RetentionService } from '../../../core/retention/index.js';
import { ComplianceService, mayPass, type Action, type TextField } from '../../compliance/index.js';
import { NetworkError, PostRefusedError } from '../integrations.errors.js';
import type { NetworkAccount } from './account.entity.js';
import type { NetworkMedia } from './media.entity.js';
import type { Network } from './network.entity.js';
import { PostNews } from './post-news.js';
import { PostReferences } from './post-references.js';
import type { NetworkStatus, Visibility } from './status.entity.js';
import { StatusesRepository, type NewStatus } from './statuses.repository.js';
import { namedIn, requireLength, tidy } from './text.rules.js';

/** The draft that a text was taken from, with what may happen to it. */
export interface PostedDraft {
  id: string;
  decisionId: string;
  action: Action;
}

/** A post to publish. */
export interface PostRequest {
  network: Network;
  account: NetworkAccount;
  text: string;
  spoilerText: string;
  sensitive: boolean;
  visibility: Visibility;
  language: string | null;
  inReplyTo: string | null;
  mediaIds: readonly string[];
  /** The same key of the same account is the same post. */
  key: string | null;
  application: string | null;
  /** The guard has decided on the text already. */
  draft?: PostedDraft;
}

/** What came of a request. */
export type Posted = { status: NetworkStatus; created: boolean } | { deleted: string };

const MEDIA_MAX = 4;
/** How long keys are known whose posts, boosts and favourites are gone, in days. */
const KEYS_DAYS = 90;

/** Publishes posts. Nothing gets on a network but by here and by the projection of runs, and by neither without the guard. */
@Injectable()
export class PostsService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly compliance: ComplianceService,
    private readonly statuses: StatusesRepository,
    private readonly references: PostReferences,
    private readonly news: PostNews,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'network_keys',
      days: KEYS_DAYS,
      run: (days, dryRun) => this.statuses.sweepKeys(this.dataSource.manager, days, dryRun),
    });
  }

  /**
   * Publishes a post, or holds it until a person has decided. Once for a key, whichever process is asked.
   * @param actor who asks, for the audit
   * @returns the post, which may have been there, or the id of the one that the key made and that was deleted since
   * @throws PostRefusedError; NetworkError for what cannot be posted
   */
  async post(request: PostRequest, actor: string): Promise<Posted> {
    const { network, account, key } = request;
    const asked = { ...request, text: tidy(request.text), spoilerText: tidy(request.spoilerText) };
    if (asked.text === '' && asked.mediaIds.length === 0)
      throw NetworkError.field('status', 'must have a text or media');
    requireLength(asked.text, asked.spoilerText);
    if (asked.mediaIds.length > MEDIA_MAX)
      throw NetworkError.field('media_ids', `at most ${MEDIA_MAX} of them`);
    const outcome = await this.dataSource.transaction(async (manager) => {
      if (key !== null) {
        await this.statuses.lockKey(manager, network.id, account.id, key);
        const there = await this.statuses.byKey(manager, network.id, account.id, key);
        if (there !== undefined) return { status: there, created: false };
        // A late duplicate brings nothing back.
        const deleted = await this.statuses.spentOn(manager, network.id, account.id, key);
        if (deleted !== undefined) return { deleted };
      }
      return this.postNew(manager, asked, actor);
    });
    // Thrown when the decision is committed: that a text was refused stays on record.
    if ('refused' in outcome) throw outcome.refused;
    return outcome;
  }

  /** A post, whoever may see it. */
  find(network: Network, id: string): Promise<NetworkStatus | undefined> {
    return this.statuses.byId(this.dataSource.manager, network.id, id);
  }

  /** A post by the key that it was published with. */
  findByKey(network: Network, account: NetworkAccount, key: string): Promise<NetworkStatus | undefined> {
    return this.statuses.byKey(this.dataSource.manager, network.id, account.id, key);
  }

  private async postNew(
    manager: EntityManager,
    request: PostRequest,
    actor: string,
  ): Promise<{ status: NetworkStatus; created: boolean } | { refused: PostRefusedError }> {
    const { network, account, text } = request;
    const parent = await this.references.parent(manager, request);
    const media = await this.references.media(manager, request);
    const id = await this.statuses.newId(manager);
    const { action, decisionId, reasons } = await this.decide(manager, { ...request, id, media }, actor);
    if (action === 'block') return { refused: new PostRefusedError(reasons, decisionId) };
    const status: NewStatus = {
      network_id: network.id,
      id,
      account_id: account.id,
      text,
      spoiler_text: request.spoilerText,
      sensitive: request.sensitive || request.spoilerText !== '',
      visibility: request.visibility,
      language: request.language,
      in_reply_to_id: parent?.id ?? null,
      in_reply_to_account_id: parent?.account_id ?? null,
      application: request.application,
      state: mayPass(action) ? 'published' : 'held',
      decision_id: decisionId,
      draft_id: request.draft?.id ?? null,
      idempotency_key: request.key,
    };
    const { tags, usernames } = namedIn(`${request.spoilerText}\n${text}`);
    const named = await this.references.named(manager, network, usernames);
    await this.statuses.insert(manager, status, tags, named);
    await this.references.attach(manager, request, id);
    const written = (await this.statuses.byId(manager, network.id, id)) as NetworkStatus;
    if (written.state === 'published') await this.news.published(manager, network, written);
    return { status: written, created: true };
  }

  private async decide(
    manager: EntityManager,
    request: PostRequest & { id: string; media: readonly NetworkMedia[] },
    actor: string,
  ): Promise<{ action: Action; decisionId: string; reasons: string }> {
    const { network, account, id, draft, text, spoilerText, media } = request;
    if (draft !== undefined)
      return { action: draft.action, decisionId: draft.decisionId, reasons: 'its draft was not let through' };
    const subject = {
      type: 'status',
      id: `${network.id}/${id}`,
      ...(account.agent_id !== null && { agentId: account.agent_id }),
    };
    const descriptions = media.map(({ description }) => description);
    const texts = postTexts(text, spoilerText, descriptions);
    const decision = await this.compliance.decide(manager, subject, texts, actor);
    return { action: decision.action, decisionId: decision.id, reasons: decision.reasons ?? '' };
  }
}

/** What the guard reads of a post, under the names of the wire. */
export function postTexts(text: string, spoilerText: string, descriptions: readonly string[]): TextField[] {
  return [
    { field: 'status', text },
    ...(spoilerText === '' ? [] : [{ field: 'spoiler_text', text: spoilerText }]),
    ...descriptions.flatMap((description, index) =>
      description === '' ? [] : [{ field: `media[${index}].description`, text: description }],
    ),
  ];
}
