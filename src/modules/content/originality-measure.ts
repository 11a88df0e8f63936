import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewDraft } from './draft-record.js';
import { DraftsRepository } from './drafts.repository.js';
import { EarlierTexts } from './scoring/originality.js';
import { sequencesOf } from './scoring/similarity.js';
import { tokenise } from './scoring/tokens.js';

/** How many earlier texts of its agent, and of its campaign, one draft is compared with. */
const OF_ONE = 200;
/** How many earlier texts of a population its batch is compared with. */
const OF_POPULATION = 20_000;

/** Says how original drafts are beside what their agents and campaigns have written before. */
@Injectable()
export class OriginalityMeasure {
  constructor(private readonly repository: DraftsRepository) {}

  /** The originality of one draft, in [0, 1], beside the latest texts of its agent and its campaign. */
  async of(manager: EntityManager, draft: NewDraft): Promise<number> {
    const texts = await this.repository.earlierTexts(manager, draft, OF_ONE);
    const earlier = new EarlierTexts(texts.length);
    for (const text of texts) earlier.add(sequencesIn(text));
    return earlier.add(sequencesIn(draft.caption));
  }

  /**
   * What measures the drafts of a batch in their order: beside the latest texts of their population, and beside each
   * other.
   */
  async forBatch(
    manager: EntityManager,
    populationId: string,
    drafts: number,
  ): Promise<(draft: NewDraft) => number> {
    const texts = await this.repository.textsOfPopulation(manager, populationId, OF_POPULATION);
    const earlier = new EarlierTexts(texts.length + drafts);
    for (const text of texts) earlier.add(sequencesIn(text));
    return ({ caption }) => earlier.add(sequencesIn(caption));
  }
}

function sequencesIn(text: string): Set<number> {
  return sequencesOf(tokenise(text).words);
}
