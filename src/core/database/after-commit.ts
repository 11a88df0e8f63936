import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type EntitySubscriberInterface, type QueryRunner } from 'typeorm';

/** Work that waits for the commit of the transaction that asked for it, and is dropped when that rolls back. */
@Injectable()
export class AfterCommit implements EntitySubscriberInterface {
  private readonly waiting = new WeakMap<QueryRunner, (() => void)[]>();

  constructor(@InjectDataSource() dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  /** Runs `work` once the manager's transaction has committed. @throws Error outside a transaction */
  add(manager: EntityManager, work: () => void): void {
    const { queryRunner } = manager;
    if (queryRunner?.isTransactionActive !== true) throw new Error('after-commit work needs a transaction');
    const list = this.waiting.get(queryRunner);
    if (list) list.push(work);
    else this.waiting.set(queryRunner, [work]);
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    const list = this.waiting.get(queryRunner) ?? [];
    this.waiting.delete(queryRunner);
    for (const work of list) work();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    this.waiting.delete(queryRunner);
  }
}
