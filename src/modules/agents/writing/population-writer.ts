import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import {
  LlmError,
  LlmGateway,
  modelWriterOf,
  tapeOf,
  usageOf,
  type Forecast,
  type LanguageModel,
  type ModelWriter,
  type WritingRequest,
  type WritingTape,
} from '../../../core/llm/index.js';
import { ComplianceService, mayPass, subjectKey } from '../../compliance/index.js';
import { InvalidSpecification, ModelChanged } from '../agents.errors.js';
import type { PopulationGenerator } from '../population.generator.js';
import {
  peopleRequest,
  peopleSchema,
  promptOfPeople,
  type Draftee,
  type WrittenPerson,
} from './people.request.js';
import { TakenTexts } from './taken-texts.js';
import { Window } from './window.js';
import type { WritingTally, WrittenField } from './writer.js';
import { WritingsRepository } from './writings.repository.js';

/** People a call is about, and agents that are written at once: as many calls as servers may bear. */
const BATCH = 10;
const WINDOW = 32 * BATCH;
/** So often somebody is asked for before the rules take over. */
const ATTEMPTS = 3;
/** The model has answered, and nothing can be made of it. */
const UNREADABLE = new Set(['llm_answer_invalid', 'llm_answer_empty']);

/** What a writing is done with. */
export interface WritingWork {
  /** Of the job: it finds its own work again after a crash. */
  id: string;
  tape: WritingTape;
  signal: AbortSignal;
  /** Hears how many agents have been asked for. */
  told: (agents: number) => void;
}

/** Lets a language model write what makes agents somebody, in windows that are kept one after the other. */
@Injectable()
export class PopulationWriter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly gateway: LlmGateway,
    private readonly compliance: ComplianceService,
    private readonly writings: WritingsRepository,
  ) {}

  /**
   * Where the answers of a writing are kept: in the cassette that was asked for or is configured, or in one of its own.
   * @param own what it is called where nobody says
   * @throws InvalidSpecification where a replay has nothing to be replayed from
   */
  tapeOf(asked: WritingRequest, own: string): WritingTape {
    const tape = tapeOf(this.config.llm, asked, own);
    if (tape !== undefined) return tape;
    const message = 'names what is to be replayed; it is needed for the mode replay';
    throw new InvalidSpecification([{ field: 'cassette', message }]);
  }

  /** What would write. @throws InvalidSpecification where no model is configured; LlmError where it cannot be asked; CassetteError where a replay has none */
  async identify({ cassette, cassette_mode }: WritingTape): Promise<ModelWriter> {
    const session = this.gateway.session({ mode: cassette_mode, cassette });
    const writer = await modelWriterOf(session, peopleRequest([]), promptOfPeople());
    if (writer !== undefined) return writer;
    const message = 'llm needs a language model: set OLLAMA_BASE_URL or AZT3KNET_OPENAI_BASE_URL';
    throw new InvalidSpecification([{ field: 'writer', message }]);
  }

  /** What writing a population will need where the cassette has none of it. */
  forecast(generator: PopulationGenerator, tape: WritingTape): Promise<Forecast> {
    const people = generator.preview(BATCH).map((profile, index) => ({ index, profile, refused: [] }));
    const calls = Math.ceil(generator.count / BATCH);
    return this.session(generator, tape).forecast(peopleRequest(people), calls);
  }

  /**
   * Writes all agents that a job has not written yet.
   * @throws LlmError, CassetteError; ModelChanged where another model would answer; the reason of the signal
   */
  async write(generator: PopulationGenerator, work: WritingWork): Promise<void> {
    const { id, tape, told } = work;
    const session = this.session(generator, tape);
    await this.requireModel(generator, tape);
    const { manager } = this.dataSource;
    const state = await this.writings.begin(manager, {
      id,
      population_id: generator.id,
      cassette: tape.cassette,
    });
    const before = state.usage;
    for (let from = state.position; from < generator.count; from += WINDOW) {
      told(from);
      const to = Math.min(from + WINDOW, generator.count);
      const texts = new TakenTexts(id, this.dataSource, this.writings);
      const window = new Window(generator, from, to, texts, state.tally);
      await this.completeAll(window, session, generator, { ...work, tally: state.tally });
      const rows = window.rows();
      const usage = usageOf(before, session);
      await this.dataSource.transaction((transaction) =>
        this.writings.add(transaction, id, rows, { position: to, tally: state.tally, usage }),
      );
    }
    told(generator.count);
  }

  private session({ specification }: PopulationGenerator, tape: WritingTape): LanguageModel {
    const { backend, model } = specification.writer as ModelWriter;
    return this.gateway.session({ mode: tape.cassette_mode, cassette: tape.cassette, backend, model });
  }

  private async requireModel(generator: PopulationGenerator, tape: WritingTape): Promise<void> {
    const wanted = generator.specification.writer as ModelWriter;
    const { modelDigest } = await this.session(generator, tape).identity(peopleRequest([]));
    if (modelDigest !== wanted.model_digest || promptOfPeople().sha256 !== wanted.prompt.sha256)
      throw new ModelChanged(wanted.model);
  }

  /** Asks for everybody of a window, and again for who was refused. */
  private async completeAll(
    window: Window,
    session: LanguageModel,
    generator: PopulationGenerator,
    work: WritingWork & { tally: WritingTally },
  ): Promise<void> {
    const subject = subjectKey({ type: 'population', id: generator.id });
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const groups = window.open(BATCH);
      if (groups.length === 0) return;
      let asked = 0;
      const failure = new AbortController();
      const signal = AbortSignal.any([work.signal, failure.signal]);
      const answers = await Promise.all(
        groups.map(async (group, at) => {
          const seed = `${generator.digest.slice(0, 32)}/${window.from}/${attempt}.${at + 1}`;
          const people = await askFor(session, group, { seed, signal, tally: work.tally });
          asked += group.length;
          if (attempt === 1) work.told(window.from + asked);
          return people;
        }),
      ).catch((error: unknown) => {
        failure.abort(error);
        throw error;
      });
      await window.judge(groups, answers, (draft, checked) => this.blockedOf(draft, checked, subject));
    }
  }

  /** The fields that the guard does not let pass. */
  private async blockedOf(
    { index }: Draftee,
    checked: { name?: string; bio?: string; interests?: string[] },
    subject: string,
  ): Promise<ReadonlySet<WrittenField>> {
    const texts = (['name', 'bio', 'interests'] as const).flatMap((field) => {
      const value = checked[field];
      return value === undefined ? [] : [{ field, text: [value].flat().join(', ') }];
    });
    const { evaluation } = await this.compliance.assessAll(texts, { subject });
    if (mayPass(evaluation.action)) return new Set();
    const found = evaluation.matches.filter(({ action }) => !mayPass(action));
    if (found.length === 0) throw new Error(`the guard refuses agent ${index} and does not say why`);
    return new Set(found.map(({ field }) => field as WrittenField));
  }
}

/** What a model writes of some people; undefined where nothing can be made of its answer. */
async function askFor(
  session: LanguageModel,
  people: readonly Draftee[],
  { seed, signal, tally }: { seed: string; signal: AbortSignal; tally: WritingTally },
): Promise<WrittenPerson[] | undefined> {
  const request = peopleRequest(people);
  try {
    const schema = peopleSchema(people.length);
    const { value, tokens } = await session.complete(request, { seed, signal, schema });
    tally.answers += 1;
    tally.input_tokens += tokens.input;
    tally.output_tokens += tokens.output;
    return value.people;
  } catch (error) {
    if (error instanceof LlmError && UNREADABLE.has(error.code)) return undefined;
    throw error;
  }
}
