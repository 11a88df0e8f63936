import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import {
  ComplianceError,
  ComplianceService,
  mayPass,
  subjectKey,
  type Decision,
  type TextField,
} from '../compliance/index.js';
import { ExportsService, type Export, type WrittenExport } from '../exports/index.js';
import type { JobContext } from '../jobs/index.js';
import { GeneratorChanged } from './agents.errors.js';
import { AgentsRepository } from './agents.repository.js';
import type { Composition } from './composition/composition.js';
import { populationCompleted } from './population.events.js';
import {
  exportContent,
  exportManifest,
  POPULATION_MEDIA_TYPES,
  type PopulationFormat,
} from './population.export.js';
import { createGenerator } from './create-generator.js';
import type { PopulationGenerator } from './population.generator.js';
import { GENERATOR_VERSION, specificationOf, type NormalSpecification } from './population.specification.js';

/** What a population job is told. */
export interface PopulationJob {
  population_id: string;
  specification: NormalSpecification;
  persist: boolean;
  export: PopulationFormat | null;
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
}

/** Does the long work on a population: the guard reads it, then it is exported and persisted. */
@Injectable()
export class PopulationBuilder {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AgentsRepository,
    private readonly compliance: ComplianceService,
    private readonly exports: ExportsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** Everything before `context.complete` can be done twice; what it commits is there once. */
  async build(job: PopulationJob, context: JobContext): Promise<PopulationJobResult> {
    const generator = await createGenerator(specificationOf(job.specification));
    if (generator.id !== job.population_id) throw new GeneratorChanged();
    const there = await this.find(generator, job);
    if (there !== undefined) return context.complete(() => Promise.resolve(there));
    const steps = new Steps(context, generator.count, 2 + (job.export === null ? 0 : 1));
    const decision = await this.decide(generator, steps, job.actor);
    const file =
      job.export === null
        ? null
        : await this.writeExport(generator, { ...job, format: job.export, decision }, steps);
    try {
      steps.next(job.persist ? 'persisting' : 'finishing');
      return await context.complete((manager) =>
        this.commit(manager, { job, generator, decision, file, context }),
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
    const { manager } = this.dataSource;
    const population = await this.repository.findPopulation(manager, generator.id);
    if (population === null || (job.persist && !population.persisted)) return undefined;
    const found = { ...resultOf(generator), persisted: population.persisted, created: false };
    if (job.export === null) return found;
    const exports = await this.exports.ofSubject({ population_id: generator.id });
    const file = exports.find(({ format }) => format === job.export);
    if (file === undefined || !(await this.exports.isWhole(file))) return undefined;
    return { ...found, export: exportOf(file) };
  }

  /**
   * Lets the guard read the specification and every different biography. Its decision is stored before what it allows;
   * deciding the same again after a crash is the same decision.
   * @throws ComplianceError when the guard does not let the population pass
   */
  private async decide(generator: PopulationGenerator, steps: Steps, actor: string): Promise<Decision> {
    steps.next('checking');
    const biographies = new Map<string, number>();
    let index = 0;
    for (const agents of generator.chunks()) {
      for (const { bio } of agents) {
        if (!biographies.has(bio)) biographies.set(bio, index);
        index += 1;
      }
      steps.done(index);
      await setImmediate();
    }
    const subject = { type: 'population', id: generator.id };
    const assessment = await this.compliance.assessAll(
      populationTexts(generator.specification, biographies),
      { subject: subjectKey(subject) },
    );
    const decision = await this.dataSource.transaction((manager) =>
      this.compliance.record(manager, subject, assessment, actor),
    );
    const outcome = await this.compliance.outcomeOf(decision);
    if (!mayPass(outcome)) throw ComplianceError.refused('the population', decision);
    return decision;
  }

  private async writeExport(
    generator: PopulationGenerator,
    {
      format,
      created_by,
      decision,
    }: { format: PopulationFormat; created_by: string | null; decision: Decision },
    steps: Steps,
  ): Promise<WrittenExport> {
    steps.next('exporting');
    return this.exports.write({
      subject: { population_id: generator.id },
      format,
      mediaType: POPULATION_MEDIA_TYPES[format],
      content: exportContent(generator, format, (agents) => steps.done(agents)),
      manifest: (written) => exportManifest(generator, format, written, decision),
      createdBy: created_by,
    });
  }

  private async commit(manager: EntityManager, work: FinishedWork): Promise<PopulationJobResult> {
    const { job, generator, decision, file, context } = work;
    const { specification, id } = generator;
    const persisted = await this.repository.claimPopulation(manager, {
      id,
      digest: generator.digest,
      specification,
      seed: specification.seed,
      count: generator.count,
      generator_version: GENERATOR_VERSION,
      persisted: false,
      decision_id: decision.id,
      created_by: job.created_by,
    });
    if (job.persist && !persisted) await this.repository.copyAgents(manager, generator, context.signal);
    const kept = file === null ? null : await this.exports.keep(manager, file);
    const result = {
      ...resultOf(generator),
      persisted: persisted || job.persist,
      created: file !== null || (job.persist && !persisted),
      export: kept === null ? null : exportOf(kept),
    };
    await this.events.emit(manager, populationCompleted(result));
    // The audit chain comes last: its writers wait for each other.
    await this.audit.append(manager, {
      actor: job.actor,
      action: 'population.complete',
      subject: { type: 'population', id },
      data: { ...result, digest: generator.digest, decision_id: decision.id },
    });
    return result;
  }
}

interface FinishedWork {
  job: PopulationJob;
  generator: PopulationGenerator;
  decision: Decision;
  file: WrittenExport | null;
  context: JobContext;
}

/** Tells the progress of passes over the same agents, and notices a stop. */
class Steps {
  private passed = -1;
  private note = '';

  constructor(
    private readonly context: JobContext,
    private readonly count: number,
    private readonly passes: number,
  ) {}

  next(note: string): void {
    this.passed += 1;
    this.note = note;
    this.done(0);
  }

  done(agents: number): void {
    this.context.signal.throwIfAborted();
    // Told in agents: each pass is its share of them.
    const share = Math.floor((this.passed * this.count + agents) / this.passes);
    this.context.progress(share, this.count, this.note);
  }
}

/** The texts of a specification that the guard reads; a seed of digits is a number and says nothing. */
export function specificationTexts({ city, interests, seed, composition }: NormalSpecification): TextField[] {
  return [
    ...(city === null ? [] : [{ field: 'city', text: city }]),
    ...interests.map((text, index) => ({ field: `interests[${index}]`, text })),
    ...(/^\d+$/u.test(seed) ? [] : [{ field: 'seed', text: seed }]),
    ...(composition === undefined ? [] : compositionTexts(composition)),
  ];
}

function words(field: string, text: string): TextField {
  return { field, text: text.replaceAll('_', ' ') };
}

/** What a composition says in words that agents have or are about. */
function compositionTexts({ attributes, persona }: Composition): TextField[] {
  return [
    ...attributes.flatMap(({ name, kind, levels }) => [
      words(`attributes.${name}`, name),
      // A range of numbers says nothing, and might look like a telephone.
      ...(kind === 'range' ? [] : levels.map((text) => ({ field: `attributes.${name}.${text}`, text }))),
    ]),
    ...(persona?.opinions ?? []).map(({ topic }) => words(`persona.opinions.${topic}`, topic)),
    ...(persona?.relationships ?? []).map(({ kind }) => words('persona.relationships', kind)),
  ];
}

function* populationTexts(
  specification: NormalSpecification,
  biographies: ReadonlyMap<string, number>,
): Generator<TextField> {
  yield* specificationTexts(specification);
  for (const [text, index] of biographies) yield { field: `agents[${index}].bio`, text };
}

function resultOf({ id, count, specification }: PopulationGenerator): PopulationJobResult {
  return {
    population_id: id,
    count,
    seed: specification.seed,
    persisted: false,
    created: true,
    export: null,
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
