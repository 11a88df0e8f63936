import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import type { Decision } from '../compliance/index.js';
import { ExportsService, type Export, type WrittenExport } from '../exports/index.js';
import type { JobContext } from '../jobs/index.js';
import { GeneratorChanged, WrittenMeanwhile } from './agents.errors.js';
import type { AgentSource } from './agent.source.js';
import { AgentsRepository } from './agents.repository.js';
import { populationCompleted } from './population.events.js';
import {
  exportContent,
  exportManifest,
  POPULATION_MEDIA_TYPES,
  type PopulationFormat,
} from './population.export.js';
import { createGenerator } from './create-generator.js';
import { PopulationGuard } from './population.guard.js';
import type { PopulationGenerator } from './population.generator.js';
import { GENERATOR_VERSION, specificationOf, type NormalSpecification } from './population.specification.js';
import { Steps } from './population.steps.js';
import { PopulationAuthors, tallyOf, type PopulationText } from './writing/population-authors.js';
import type { WritingTape } from '../../core/llm/index.js';
import type { WritingSummary } from './writing/written-populations.js';

/** What a population job is told. */
export interface PopulationJob {
  population_id: string;
  specification: NormalSpecification;
  persist: boolean;
  export: PopulationFormat | null;
  /** Where the answers of a model are kept that writes; absent where rules do, or somebody has written already. */
  tape?: WritingTape;
  /** Who asked: a user name, or `system`. */
  actor: string;
  created_by: string | null;
}

/** What a population job made. */
export interface PopulationJobResult {
  population_id: string;
  count: number;
  seed: string;
  persisted: boolean;
  /** False when everything that was asked for was there already. */
  created: boolean;
  export: { id: string; format: PopulationFormat; bytes: number; sha256: string } | null;
  /** What came of the writing; only where a language model wrote. */
  writing?: WritingSummary;
}

/** Does the long work on a population: the guard reads it, then it is exported and persisted. */
@Injectable()
export class PopulationBuilder {
  constructor(
    private readonly repository: AgentsRepository,
    private readonly guard: PopulationGuard,
    private readonly exports: ExportsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly authors: PopulationAuthors,
  ) {}

  /** Everything before `context.complete` can be done twice; what it commits is there once. */
  async build(job: PopulationJob, context: JobContext): Promise<PopulationJobResult> {
    const generator = await createGenerator(specificationOf(job.specification));
    if (generator.id !== job.population_id) throw new GeneratorChanged();
    const there = await this.find(generator, job);
    if (there !== undefined) return context.complete(() => Promise.resolve(there));
    const isWritten = generator.specification.writer !== undefined;
    const passes = 2 + (job.export === null ? 0 : 1) + (isWritten ? 1 : 0);
    const steps = new Steps(context, generator.count, passes);
    const text = await this.authors.textOf(generator, job.tape, context, steps);
    const { source } = text;
    const decision = await this.guard.decide(source, steps, job.actor);
    const file =
      job.export === null
        ? null
        : await this.writeExport(text, { ...job, format: job.export, decision }, steps);
    try {
      steps.next(job.persist ? 'persisting' : 'finishing');
      return await context.complete((manager) =>
        this.commit(manager, { job, text, decision, file, context }),
      );
    } finally {
      await file?.pending.discard();
    }
  }

  /** The result when all that the job asks for has been made before. */
  private async find(
    generator: PopulationGenerator,
    job: PopulationJob,
  ): Promise<PopulationJobResult | undefined> {
    const population = await this.authors.populationOf(generator);
    if (population === null || (job.persist && !population.persisted)) return undefined;
    const writing = await this.authors.summaryOf(population.writing_id);
    const found = { ...resultOf(generator, writing), persisted: population.persisted, created: false };
    if (job.export === null) return found;
    const exports = await this.exports.ofSubject({ population_id: generator.id });
    const file = exports.find(({ format }) => format === job.export);
    if (file === undefined || !(await this.exports.isWhole(file))) return undefined;
    return { ...found, export: exportOf(file) };
  }

  private async writeExport(
    { source, summary }: PopulationText,
    {
      format,
      created_by,
      decision,
    }: { format: PopulationFormat; created_by: string | null; decision: Decision },
    steps: Steps,
  ): Promise<WrittenExport> {
    steps.next('exporting');
    return this.exports.write({
      subject: { population_id: source.id },
      format,
      mediaType: POPULATION_MEDIA_TYPES[format],
      content: exportContent(source, format, (agents) => steps.done(agents)),
      manifest: (written) => exportManifest(source, format, written, decision, summary && tallyOf(summary)),
      createdBy: created_by,
    });
  }

  private async commit(manager: EntityManager, work: FinishedWork): Promise<PopulationJobResult> {
    const { job, text, decision, file, context } = work;
    const { source, writingId, summary } = text;
    const { specification, id, digest, count } = source;
    const { persisted, writing_id } = await this.repository.claimPopulation(manager, {
      id,
      digest,
      specification,
      seed: specification.seed,
      count,
      generator_version: GENERATOR_VERSION,
      persisted: false,
      decision_id: decision.id,
      writing_id: writingId,
      created_by: job.created_by,
    });
    if (writing_id !== writingId) throw new WrittenMeanwhile();
    if (job.persist && !persisted) await this.repository.copyAgents(manager, source, context.signal);
    if (writingId !== null) await this.authors.clear(manager, id, writingId);
    const kept = file === null ? null : await this.exports.keep(manager, file);
    const result = {
      ...resultOf(source, summary),
      persisted: persisted || job.persist,
      created: file !== null || (job.persist && !persisted),
      export: kept === null ? null : exportOf(kept),
    };
    // Who listens is told what there is; what came of the writing, the job and the audit say.
    const { writing: _, ...told } = result;
    await this.events.emit(manager, populationCompleted(told));
    // The audit chain comes last: its writers wait for each other.
    await this.audit.append(manager, {
      actor: job.actor,
      action: 'population.complete',
      subject: { type: 'population', id },
      data: { ...result, digest, decision_id: decision.id },
    });
    return result;
  }
}

interface FinishedWork {
  job: PopulationJob;
  text: PopulationText;
  decision: Decision;
  file: WrittenExport | null;
  context: JobContext;
}

function resultOf(
  { id, count, specification }: AgentSource,
  writing: WritingSummary | null | undefined,
): PopulationJobResult {
  return {
    population_id: id,
    count,
    seed: specification.seed,
    persisted: false,
    created: true,
    export: null,
    ...(writing && { writing }),
  };
}

function exportOf({
  id,
  format,
  bytes,
  sha256,
}: Pick<Export, 'id' | 'format' | 'bytes' | 'sha256'>): NonNullable<PopulationJobResult['export']> {
  return { id, format: format as PopulationFormat, bytes: Number(bytes), sha256 };
}
