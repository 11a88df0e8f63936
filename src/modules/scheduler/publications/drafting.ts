import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { AppError } from '../../../core/errors/index.js';
import { SCHEDULER } from '../campaigns/campaign.record.js';
import { mayPass } from '../../compliance/index.js';
import { ContentService } from '../../content/index.js';
import { DeliveryRepository, type HeldPublication, type PublicationOutcome } from './delivery.repository.js';
import { PublicationRecord } from './publication.record.js';

const BATCH = 8;

/** Writes the drafts of publications whose time comes near, and has the guard decide on them. */
@Injectable()
export class Drafting {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: DeliveryRepository,
    private readonly content: ContentService,
    private readonly record: PublicationRecord,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Drafting.name);
  }

  /** Writes a few. The same publication has the same draft, however often it is tried. @returns whether there were any */
  async step(): Promise<boolean> {
    const held = await this.repository.claimPlanned(this.dataSource.manager, BATCH);
    if (held.length === 0) return false;
    const outcomes = (await Promise.all(held.map((each) => this.outcomeOf(each)))).filter(
      (each) => each !== undefined,
    );
    await this.dataSource.transaction(async (manager) => {
      const settled = await this.repository.settle(manager, 'planned', outcomes);
      await this.record.changed(manager, settled, SCHEDULER);
    });
    return true;
  }

  /** Undefined: it is tried again in a while. */
  private async outcomeOf(held: HeldPublication): Promise<PublicationOutcome | undefined> {
    const { id, lease_token: token, agent_id: agent, template, campaign_id } = held;
    try {
      const { draft } = await this.content.draft(
        { agent, template, seed: id, campaign: campaign_id },
        SCHEDULER,
      );
      const written = { id, token, draft_id: draft.id, decision_id: draft.decision_id };
      if (draft.action === 'block')
        return { ...written, state: 'failed', reason: 'the guard does not let the draft through' };
      if (!mayPass(draft.action)) return { ...written, state: 'drafted' };
      return { ...written, state: held.approvals_needed > 0 ? 'awaiting_approval' : 'due' };
    } catch (error) {
      const passing = !(error instanceof AppError) || ['unavailable', 'rate_limited'].includes(error.kind);
      if (!passing)
        return { id, token, state: 'failed', reason: `no draft: ${error.message}`.slice(0, 1_000) };
      this.logger.warn({ err: error, publication: id }, 'a draft waits for the next attempt');
      return undefined;
    }
  }
}
