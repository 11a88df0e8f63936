import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HEALER, Hindered, type Incident, type Playbook } from '../../healing/index.js';
import { HostLease } from '../reconciler/host-lease.js';
import type { Ward } from '../reconciler/ward.js';
import { BotsService } from '../registry/bots.service.js';
import { BotRevisions } from '../registry/revisions.service.js';

/** Changes what is wanted of a bot where a playbook says so; what is wanted is carried out as if a person had said it. */
@Injectable()
export class Remedies {
  constructor(
    private readonly bots: BotsService,
    private readonly revisions: BotRevisions,
    private readonly lease: HostLease,
  ) {}

  /**
   * Does what an incident that begins to act changes in what is wanted: nothing, for most actions.
   * @throws Hindered; Error when another process looks after the bot by now
   */
  async apply(
    manager: EntityManager,
    ward: Ward,
    { action }: Incident,
    playbook: Playbook | undefined,
  ): Promise<void> {
    await this.lease.guard(manager, ward.id);
    if (action === 'scale') await this.scale(manager, ward, playbook);
    if (action === 'roll_back') await this.rollBack(manager, ward);
  }

  private async scale(
    manager: EntityManager,
    { id, crew, bot }: Ward,
    playbook: Playbook | undefined,
  ): Promise<void> {
    const { replicas: present } = crew.bot;
    const { replicas = present } = playbook ?? {};
    if (replicas === present) throw new Hindered(`${present} of it are wanted already`);
    if (replicas > 1 && bot.manifest.update.strategy === 'recreate')
      throw new Hindered('its blueprint does not let two of it run side by side');
    await this.bots.scale(manager, id, replicas, HEALER);
  }

  private async rollBack(manager: EntityManager, { id, state }: Ward): Promise<void> {
    const { revision } = state;
    if (!(await this.revisions.retreat(manager, id, revision, HEALER)))
      throw new Hindered(`no revision before ${revision} was in good health, or it is left already`);
  }
}
