import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReviewContexts } from '../compliance/index.js';
import { textsOf } from './draft-record.js';
import { DraftsRepository } from './drafts.repository.js';

/** Shows reviewers what a draft says. */
@Injectable()
export class DraftTexts implements OnModuleInit {
  constructor(
    private readonly contexts: ReviewContexts,
    private readonly repository: DraftsRepository,
  ) {}

  onModuleInit(): void {
    this.contexts.register('draft', async (manager, id) => {
      const draft = await this.repository.find(manager, id);
      return draft && textsOf(draft);
    });
  }
}
