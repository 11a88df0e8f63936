import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { PostRefusedError } from '../integrations.errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService, NOTE_MAX } from './accounts.service.js';

const RETIRED = 'Retired: this synthetic agent posts no more.';

/** What accounts say of the agents behind them. */
@Injectable()
export class AccountNotices {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AccountsRepository,
    private readonly accounts: AccountsService,
  ) {}

  /**
   * Has the accounts of a retired agent say so, on every network that the living write to, before what they said; once, however
   * often it is asked for.
   * @returns how many accounts it has
   */
  async retired(agentId: string, actor: string): Promise<number> {
    const accounts = await this.repository.living(this.dataSource.manager, agentId);
    for (const account of accounts) {
      if (account.note.startsWith(RETIRED)) continue;
      const note = `${RETIRED} ${account.note}`.trim().slice(0, NOTE_MAX);
      try {
        await this.accounts.update(account, { note }, actor);
      } catch (error) {
        if (!(error instanceof PostRefusedError)) throw error;
        // What it said before would not pass by now.
        await this.accounts.update(account, { note: RETIRED }, actor);
      }
    }
    return accounts.length;
  }
}
