import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TextField } from '../guard/evaluate.js';

/** Reads the texts of a subject; undefined when it is not there, or no more. */
export type TextsReader = (manager: EntityManager, subjectId: string) => Promise<TextField[] | undefined>;

/** Where reviewers get the texts of subjects from. Their modules know this one, and not the other way round: so they register. */
@Injectable()
export class ReviewContexts {
  private readonly readers = new Map<string, TextsReader>();

  /** Call it while the application starts. @param subjectType `draft` */
  register(subjectType: string, read: TextsReader): void {
    this.readers.set(subjectType, read);
  }

  /** The texts of a subject under the names of their fields; null where nobody has them. */
  async texts(manager: EntityManager, type: string, id: string): Promise<TextField[] | null> {
    return (await this.readers.get(type)?.(manager, id)) ?? null;
  }
}
