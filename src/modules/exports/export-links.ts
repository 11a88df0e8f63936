import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTally } from '../../core/audit/index.js';
import { CONFIG, type Config } from '../../core/config/index.js';
import { networkOf } from '../../core/http/index.js';
import { derivedKey } from '../../core/secrets/index.js';
import { LinkRefused } from './exports.errors.js';

/** What a link carries beside the export's id. */
export interface LinkProof {
  /** Seconds since 1970. */
  expires: number;
  /** base64url. */
  signature: string;
}

/** Signs links to exports and checks them; nothing about a link is kept, so it ends by its time or with its export. */
@Injectable()
export class ExportLinks {
  private key: KeyObject;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly tally: AuditTally,
  ) {
    this.key = derivedKey(config, 'export links');
    config.secrets.onChange('API_SECRET_KEY', () => {
      this.key = derivedKey(config, 'export links');
    });
  }

  /** A link that ends after so many seconds. */
  sign(exportId: string, seconds: number): LinkProof {
    const expires = Math.floor(Date.now() / 1000) + seconds;
    return { expires, signature: this.signature(exportId, expires) };
  }

  /** Checks a link that somebody uses, and tells the audit. @throws LinkRefused */
  use(exportId: string, proof: LinkProof, address: string): void {
    this.verify(exportId, proof);
    this.tally.add({
      actor: 'anonymous',
      action: 'export.use_link',
      subject: { type: 'export', id: exportId },
      data: { address: networkOf(address) },
    });
  }

  private verify(exportId: string, { expires, signature }: LinkProof): void {
    // As text: several texts decode to the same bytes, and one of them is ours.
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.signature(exportId, expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new LinkRefused('link_invalid', 'the link is not one of ours, or has been changed');
    }
    if (expires * 1000 <= Date.now()) {
      const ended = new Date(expires * 1000).toISOString();
      throw new LinkRefused('link_expired', `the link ended at ${ended}; ask for a new one`);
    }
  }

  private signature(exportId: string, expires: number): string {
    return createHmac('sha256', this.key).update(`${exportId}\n${expires}`).digest('base64url');
  }
}
