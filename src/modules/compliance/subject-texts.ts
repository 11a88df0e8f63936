import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TextField } from './guard/evaluate.js';

/** Gives the texts of subjects that were decided on; those that are gone are not in the map. */
export type TextSource = (
  manager: EntityManager,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, readonly TextField[]>>;

/** Where the texts of decisions are kept, for reviewers and rehearsals: the modules that have them say so, since decisions keep hashes alone. */
@Injectable()
export class SubjectTexts {
  private readonly sources = new Map<string, TextSource>();

  /** @param type the subjects' type: `draft` */
  register(type: string, source: TextSource): void {
    this.sources.set(type, source);
  }

  /** The texts of subjects of a type, by id; none of a type that nobody keeps. */
  async of(
    manager: EntityManager,
    type: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly TextField[]>> {
    return (await this.sources.get(type)?.(manager, ids)) ?? new Map();
  }
}
