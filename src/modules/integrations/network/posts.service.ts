import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AppError } from '../../../core/errors/index.js';
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
import { lengthFlaw, namedIn, tidy } from './text.rules.js';

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
      run: (days, dryRun) => this.statuses.keys.sweep(this.dataSource.manager, days, dryRun),
    });
  }

  /**
   * Publishes a post, or holds it until a person has decided. Once for a key, whichever process is asked.
   * @param actor who asks, for the audit
   * @returns the post, which may have been there, or the id of the one that the key made and that was deleted since
   * @throws PostRefusedError; NetworkError for what cannot be posted
   */
  async post(request: PostRequest, actor: string): Promise<Posted> {
    const [outcome] = await this.postAll(request.network, [request], actor);
    if (outcome instanceof AppError) throw outcome;
    return outcome as Posted;
  }

  /**
   * Publishes posts of one network together, in one transaction, each as {@link PostsService.post} does.
   * @returns what came of each, in their order: an error for those that were refused or cannot be posted, which hinder no other
   */
  async postAll(
    network: Network,
    requests: readonly PostRequest[],
    actor: string,
  ): Promise<(Posted | AppError)[]> {
    const asked = requests.map((request, at) => ({ request, identity: identityOf(request, at) }));
    const outcomes = await this.dataSource.transaction(async (manager) => {
      const known = await this.madeByKeys(manager, network, requests);
      const fresh = new Map<string, PostRequest>();
      for (const { request, identity } of asked) {
        const outcome = known.has(identity) ? undefined : flawOf(request);
        if (outcome !== undefined) known.set(identity, outcome);
        else if (!known.has(identity)) fresh.set(identity, request);
      }
      // A refusal is committed with the others: that a text was refused stays on record.
      const made = await this.postNew(manager, network, fresh, actor);
      return new Map([...known, ...made]);
    });
    return asked.map(({ identity }) => {
      const outcome = outcomes.get(identity) as Posted | AppError;
      // The same once more in one breath was there already.
      if ('status' in outcome) outcomes.set(identity, { status: outcome.status, created: false });
      return outcome;
    });
  }

  /** A post, whoever may see it. */
  find(network: Network, id: string): Promise<NetworkStatus | undefined> {
    return this.statuses.byId(this.dataSource.manager, network.id, id);
  }

  /** A post by the key that it was published with. */
  async findByKey(
    network: Network,
    account: NetworkAccount,
    key: string,
  ): Promise<NetworkStatus | undefined> {
    const keys = [{ account: account.id, key }];
    return (await this.statuses.keys.posts(this.dataSource.manager, network.id, keys))[0];
  }

  /** What keys have made already, by the identities of the requests; nobody else uses these until the transaction ends. */
  private async madeByKeys(
    manager: EntityManager,
    network: Network,
    requests: readonly PostRequest[],
  ): Promise<Map<string, Posted | AppError>> {
    const keys = requests.flatMap(({ account, key }) => (key === null ? [] : { account: account.id, key }));
    const made = new Map<string, Posted | AppError>();
    if (keys.length === 0) return made;
    await this.statuses.keys.lock(manager, network.id, keys);
    // A late duplicate brings nothing back.
    for (const { account, key, status_id } of await this.statuses.keys.spentOn(manager, network.id, keys))
      made.set(keyIdentity(account, key), { deleted: status_id });
    for (const status of await this.statuses.keys.posts(manager, network.id, keys))
      made.set(keyIdentity(status.account_id, status.idempotency_key), { status, created: false });
    return made;
  }

  private async postNew(
    manager: EntityManager,
    network: Network,
    requests: ReadonlyMap<string, PostRequest>,
    actor: string,
  ): Promise<Map<string, Posted | AppError>> {
    const outcomes = new Map<string, Posted | AppError>();
    const ids = requests.size === 0 ? [] : await this.statuses.newIds(manager, requests.size);
    const passed: { identity: string; request: PostRequest; status: NewStatus }[] = [];
    for (const [identity, request] of requests) {
      const status = await this.statusOf(manager, { ...request, id: ids.shift() ?? '' }, actor);
      if (status instanceof AppError) outcomes.set(identity, status);
      else passed.push({ identity, request, status });
    }
    if (passed.length === 0) return outcomes;
    const texts = passed.map(({ status }) => namedIn(`${status.spoiler_text}\n${status.text}`));
    const accounts = await this.references.named(manager, network, [
      ...new Set(texts.flatMap(({ usernames }) => usernames)),
    ]);
    const posts = passed.map(({ status }, at) => ({
      status,
      tags: texts[at]?.tags ?? [],
      mentioned: (texts[at]?.usernames ?? []).flatMap((name) => accounts.get(name) ?? []),
    }));
    const written = await this.statuses.insert(manager, posts);
    for (const { request, status } of passed) await this.references.attach(manager, request, status.id);
    const published = written.filter(({ state }) => state === 'published');
    if (published.length > 0) await this.news.published(manager, network, published);
    for (const [at, { identity }] of passed.entries())
      outcomes.set(identity, { status: written[at] as NetworkStatus, created: true });
    return outcomes;
  }

  /** What is to be written of a post, once the guard has decided; the error of one that cannot be posted. */
  private async statusOf(
    manager: EntityManager,
    request: PostRequest & { id: string },
    actor: string,
  ): Promise<NewStatus | AppError> {
    const { network, account, id } = request;
    const [text, spoilerText] = [tidy(request.text), tidy(request.spoilerText)];
    const references = await this.referencesOf(manager, request);
    if (references instanceof AppError) return references;
    const { parent, media } = references;
    const decided = await this.decide(manager, { ...request, text, spoilerText, media }, actor);
    if (decided.action === 'block') return new PostRefusedError(decided.reasons, decided.decisionId);
    return {
      network_id: network.id,
      id,
      account_id: account.id,
      text,
      spoiler_text: spoilerText,
      sensitive: request.sensitive || spoilerText !== '',
      visibility: request.visibility,
      language: request.language,
      in_reply_to_id: parent?.id ?? null,
      in_reply_to_account_id: parent?.account_id ?? null,
      application: request.application,
      state: mayPass(decided.action) ? 'published' : 'held',
      decision_id: decided.decisionId,
      draft_id: request.draft?.id ?? null,
      idempotency_key: request.key,
    };
  }

  private async referencesOf(
    manager: EntityManager,
    request: PostRequest,
  ): Promise<{ parent: NetworkStatus | undefined; media: NetworkMedia[] } | NetworkError> {
    try {
      const parent = await this.references.parent(manager, request);
      return { parent, media: await this.references.media(manager, request) };
    } catch (error) {
      if (error instanceof NetworkError) return error;
      throw error;
    }
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

/** The same for what is the same act. */
function identityOf({ account, key }: PostRequest, at: number): string {
  return key === null ? String(at) : keyIdentity(account.id, key);
}

function keyIdentity(account: string, key: string): string {
  return JSON.stringify([account, key]);
}

/** Why a request cannot be posted, whatever the network holds. */
function flawOf({ text, spoilerText, mediaIds }: PostRequest): NetworkError | undefined {
  if (tidy(text) === '' && mediaIds.length === 0)
    return NetworkError.field('status', 'must have a text or media');
  if (mediaIds.length > MEDIA_MAX) return NetworkError.field('media_ids', `at most ${MEDIA_MAX} of them`);
  return lengthFlaw(tidy(text), tidy(spoilerText));
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
