import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountsRepository } from '../network/accounts.repository.js';
import type { NetworkNotification } from '../network/relation.entity.js';
import { StatusReader } from '../network/status-reader.js';
import type { Viewer } from '../network/timelines.repository.js';
import { notificationJson } from './render.js';
import type { Places } from '../network/places.js';

/** Reads notifications with who and what they are about. */
@Injectable()
export class NotificationReader {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsRepository,
    private readonly statuses: StatusReader,
  ) {}

  /** As clients are shown them, in the given order; those whose post may not be seen any more are left out. */
  async shown(
    viewer: Viewer,
    notifications: readonly NetworkNotification[],
    places: Places,
  ): Promise<object[]> {
    const { manager } = this.dataSource;
    const from = await this.accounts.all(
      manager,
      viewer.network,
      notifications.map(({ from_account_id }) => from_account_id),
    );
    const about = await this.statuses.visible(
      manager,
      viewer,
      notifications.flatMap(({ status_id }) => status_id ?? []),
    );
    return notifications.flatMap((notification) => {
      const account = from.find(({ id }) => id === notification.from_account_id);
      const status = about.find(({ id }) => id === notification.status_id);
      if (account === undefined || (notification.status_id !== null && status === undefined)) return [];
      return [notificationJson(notification, account, status, places)];
    });
  }
}
