import { Injectable } from '@nestjs/common';
import type { Forecast, LanguageModel, WritingRequest } from '../../core/llm/index.js';
import {
  draftIdOf,
  makeDraft,
  recordOfWritten,
  StepClock,
  type DraftOf,
  type NewDraft,
} from './draft-record.js';
import { DraftContexts } from './draft-contexts.js';
import { ownCassette, PostWriter, type DraftWriting } from './models/post-writer.js';
import type { PostSubject } from './models/post-writing.js';
import { composeDraft, type ComposedDraft } from './writing/compose-draft.js';

/** How the drafts of a request are written. */
export interface WrittenAs {
  /** Undefined where rules write. */
  readonly writing: DraftWriting | undefined;
  /** Only where a model writes. */
  readonly session: LanguageModel | undefined;
  /** The text of the post that is answered. */
  readonly post: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes drafts: by rules, or by a language model on the rules' outline. */
@Injectable()
export class Drafter {
  constructor(
    private readonly writer: PostWriter,
    readonly contexts: DraftContexts,
  ) {}

  /** Who would write what a request asks for. @param own what its cassette is called where nobody says @throws as `PostWriter.prepare` does */
  prepare(asked: WritingRequest, own: readonly (string | number)[]): Promise<DraftWriting | undefined> {
    return this.writer.prepare(asked, ownCassette(own));
  }

  /** A way to the model that is to write. */
  session(writing: DraftWriting): LanguageModel {
    return this.writer.session(writing);
  }

  /** The same for a job, which may begin long after it was accepted. @throws ContentError `model_changed` */
  async sameSession(writing: DraftWriting): Promise<LanguageModel> {
    const session = this.session(writing);
    await this.writer.requireModel(session, writing.writer);
    return session;
  }

  /** The id that a draft will have, before it is written. @throws ContentError as `composeDraft` does */
  idOf(of: DraftOf, writing: DraftWriting | undefined): string {
    return draftIdOf(of, outlineOf(of).variations.length, writing?.writer);
  }

  /** @throws ContentError as `composeDraft` does; LlmError, CassetteError where a model writes */
  async make(of: DraftOf, { writing, session, post, signal }: WrittenAs): Promise<NewDraft> {
    const { template, agent, populationId, choice } = of;
    if (writing === undefined || session === undefined)
      return makeDraft(template, agent, populationId, choice);
    const clock = new StepClock();
    const outline = outlineOf(of);
    const seed = draftIdOf(of, outline.variations.length, writing.writer);
    const subject = subjectOf(of, outline, post);
    const written = await this.writer.write(session, writing.writer, subject, { seed, signal });
    clock.done('write');
    return recordOfWritten(of, written, clock);
  }

  /** What so many drafts like this one will need. */
  forecast(
    of: DraftOf,
    { writing, post }: { writing: DraftWriting; post: string | undefined },
    drafts: number,
  ): Promise<Forecast> {
    return this.writer.forecast(writing, subjectOf(of, outlineOf(of), post), drafts);
  }
}

function outlineOf({ template, agent, choice }: DraftOf): ComposedDraft {
  const { seed, index, variations, context } = choice;
  return composeDraft(template, agent, seed, index, { variations, context });
}

function subjectOf(
  { template, agent, choice }: DraftOf,
  outline: ComposedDraft,
  post: string | undefined,
): PostSubject {
  return { template, agent, context: choice.context, post, outline };
}
