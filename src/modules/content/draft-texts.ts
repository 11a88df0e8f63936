import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SubjectTexts } from '../compliance/index.js';
import { textsOf } from './draft-record.js';
import { DraftsRepository } from './drafts.repository.js';

/** Tells the guard where the texts of drafts are, for its reviewers and its rehearsals. */
@Injectable()
export class DraftTexts implements OnModuleInit {
  constructor(
    private readonly subjects: SubjectTexts,
    private readonly repository: DraftsRepository,
  ) {}

  onModuleInit(): void {
    this.subjects.register('draft', async (manager, ids) => {
      const drafts = await this.repository.textsOf(manager, ids);
      return new Map(drafts.map((draft) => [draft.id, textsOf(draft)]));
    });
  }
}
