import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SubjectTexts } from '../../compliance/index.js';
import { postTexts } from './posts.service.js';
import { StatusesRepository } from './statuses.repository.js';

const SUBJECT = /^\d{1,9}\/\d{1,18}$/;

/** Tells the guard where the texts of posts are, for its reviewers and its rehearsals. */
@Injectable()
export class PostTexts implements OnModuleInit {
  constructor(
    private readonly subjects: SubjectTexts,
    private readonly repository: StatusesRepository,
  ) {}

  onModuleInit(): void {
    this.subjects.register('status', async (manager, ids) => {
      const posts = await this.repository.texts(
        manager,
        ids.filter((id) => SUBJECT.test(id)),
      );
      return new Map(
        posts.map(({ subject, text, spoiler_text, descriptions }) => [
          subject,
          postTexts(text, spoiler_text, descriptions),
        ]),
      );
    });
  }
}
