import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { RetentionService } from '../retention/index.js';
import { isSigned } from './signature.js';
import { WebhookRepeatedError, WebhookStaleError, WebhookUnsignedError } from './webhooks.errors.js';

/** How far the clock of a sender may be from ours, both ways. */
const TOLERANCE_S = 300;
/** How long a request may read a message before another may, in seconds: its process died. */
const LEASE_S = 60;
/** Longer than senders go on to try: a message that comes again under a new time is known. */
const KEPT_DAYS = 7;
/** Without dots, which would let a part of the body pass for the time. */
const ID = /^[!-\-/-~]{1,255}$/;
const TIMESTAMP = /^\d{1,12}$/;
const OLD = 'claimed_at < now() - make_interval(days => $1)';

/** Who sends messages. */
export interface WebhookSource {
  name: string;
  /**
   * Those that are good now, `whsec_…`; several while one takes the place of another. Without any nothing is accepted, and by one
   * that another source has too neither: what was signed for the one would pass for a message to the other.
   */
  secrets: () => readonly string[];
}

/** A message that is being read. */
export interface WebhookClaim {
  source: string;
  messageId: string;
  claimId: string;
}

/** Takes messages of registered sources: signed, of this moment, and each once, whichever process it comes to. */
@Injectable()
export class WebhookValidator implements OnModuleInit {
  private readonly sources = new Map<string, WebhookSource>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'webhook_receipts',
      days: KEPT_DAYS,
      run: (days, dryRun) => this.sweep(days, dryRun),
    });
  }

  /** Adds a source; call it while the application starts. @throws Error when another has its name, or one of its secrets */
  register(source: WebhookSource): void {
    if (this.sources.has(source.name)) throw new Error(`there is a source of webhooks ${source.name}`);
    if (this.ownSecrets(source).length < source.secrets().length)
      throw new Error(`a secret of the source of webhooks ${source.name} is another source’s too`);
    this.sources.set(source.name, source);
  }

  /** The secrets that are a source's alone: they change while the process runs, and may come to be another's. */
  private ownSecrets({ name, secrets }: WebhookSource): string[] {
    const others = [...this.sources.values()].filter((source) => source.name !== name);
    const taken = new Set(others.flatMap((source) => source.secrets()));
    return secrets().filter((secret) => !taken.has(secret));
  }

  /**
   * Takes a message for the request that reads it; {@link WebhookValidator.settle} says what became of it.
   * @param body the bytes that came
   * @throws WebhookUnsignedError, WebhookStaleError, WebhookRepeatedError
   */
  async claim(source: string, headers: IncomingHttpHeaders, body: Uint8Array): Promise<WebhookClaim> {
    const registered = this.sources.get(source);
    const secrets = registered === undefined ? [] : this.ownSecrets(registered);
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    if (typeof id !== 'string' || typeof time !== 'string' || typeof signature !== 'string')
      throw new WebhookUnsignedError('webhook-id, webhook-timestamp and webhook-signature are needed');
    if (!ID.test(id) || !TIMESTAMP.test(time))
      throw new WebhookUnsignedError('webhook-id or webhook-timestamp has another form');
    const timestamp = Number(time);
    if (Math.abs(Date.now() / 1_000 - timestamp) > TOLERANCE_S) throw new WebhookStaleError(TOLERANCE_S);
    // The time as a number would pass for another writing of it.
    if (String(timestamp) !== time || !isSigned({ id, timestamp, body }, signature, secrets))
      throw new WebhookUnsignedError('the signature is not of this message, or by another secret');
    const claim = { source, messageId: id, claimId: randomUUID() };
    if (!(await this.take(claim))) throw new WebhookRepeatedError(id);
    return claim;
  }

  /** Says whether a message was read to its end. One that was not may come again. */
  async settle({ source, messageId, claimId }: WebhookClaim, accepted: boolean): Promise<void> {
    const own = 'WHERE source = $1 AND message_id = $2 AND claim_id = $3';
    const statement = accepted
      ? `UPDATE webhook_receipts SET accepted = true ${own}`
      : `DELETE FROM webhook_receipts ${own}`;
    await this.dataSource.query(statement, [source, messageId, claimId]);
  }

  private async take({ source, messageId, claimId }: WebhookClaim): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO webhook_receipts AS r (source, message_id, claim_id) VALUES ($1, $2, $3)
       ON CONFLICT (source, message_id) DO UPDATE SET claim_id = excluded.claim_id, claimed_at = now()
         WHERE NOT r.accepted AND r.claimed_at < now() - make_interval(secs => $4)
       RETURNING 1`,
      [source, messageId, claimId, LEASE_S],
    );
    return rows.length > 0;
  }

  private async sweep(days: number, dryRun: boolean): Promise<number> {
    if (!dryRun) {
      const [, count] = await this.dataSource.query<[unknown[], number]>(
        `DELETE FROM webhook_receipts WHERE ${OLD}`,
        [days],
      );
      return count;
    }
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM webhook_receipts WHERE ${OLD}`,
      [days],
    );
    return row?.count ?? 0;
  }
}
