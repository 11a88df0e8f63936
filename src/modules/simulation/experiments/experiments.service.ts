import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { AppError } from '../../../core/errors/index.js';
import type { Requester } from '../../agents/index.js';
import { JobsService, type Job } from '../../jobs/index.js';
import { RunDecision } from '../run.decision.js';
import { SimulationError } from '../simulation.errors.js';
import { ExperimentReader } from './experiment.reader.js';
import { experimentPath } from './experiment-links.js';
import type { ExperimentFile } from './experiment.schema.js';
import { ExperimentsRepository, hasEnded, type ExperimentState } from './experiments.repository.js';
import type { Registration } from './registration.js';

/** What a job that starts the runs of an experiment is told. */
export interface ExperimentJob {
  experiment_id: string;
  actor: string;
  actor_id: string | null;
}

/** An experiment that was accepted. */
export interface AcceptedExperiment {
  readonly experiment: ExperimentState;
  /** Whether it was registered now; false where it was there already. */
  readonly created: boolean;
}

/** Registers experiments, and cancels them. */
@Injectable()
export class ExperimentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ExperimentsRepository,
    private readonly reader: ExperimentReader,
    private readonly decisions: RunDecision,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
  ) {}

  /** Says what an experiment would be, without keeping it. @throws as {@link accept} */
  async check(content: string, requester: Requester): Promise<Registration> {
    return (await this.reader.read(content, requester)).registration;
  }

  /**
   * Registers an experiment and starts its runs. The same again starts what is missing, was cancelled or has failed, and nothing else.
   * @throws DocumentError naming every wrong line; ComplianceError when the guard refuses its words; PopulationNotPersisted;
   *   SimulationError `experiment_busy` while it is being cancelled
   */
  async accept(content: string, requester: Requester): Promise<AcceptedExperiment> {
    const { registration, scenario } = await this.reader.read(content, requester);
    const { file, arms, ticks, digest, preregistration_sha256 } = registration;
    const subject = { type: 'experiment', id: `${file.id}@${digest.slice(0, 12)}` };
    const decide = await this.decisions.about(
      'the experiment',
      subject,
      textsOf(file),
      digest.slice(0, 12),
      requester,
    );
    const id = randomUUID();
    const created = await this.dataSource
      .transaction(async (manager) => {
        const known = await this.repository.lockDigest(manager, digest);
        if (known !== undefined) return false;
        await this.reader.pin(manager, scenario);
        const job = await this.start(manager, id, requester);
        const decision = await decide(manager);
        const file_sha256 = createHash('sha256').update(content).digest('hex');
        const inserted = await this.repository.insert(manager, {
          id,
          name: file.id,
          title: file.title,
          digest,
          file_sha256,
          preregistration_sha256,
          definition: file,
          scenario: scenario.name,
          scenario_version: scenario.version,
          arms: [...arms],
          ticks,
          job_id: job.id,
          decision_id: decision.id,
          created_by: requester.id ?? null,
        });
        // Somebody else was faster: what this transaction wrote goes with it.
        if (!inserted) throw new AlreadyRegistered();
        await this.audit.append(manager, {
          actor: requester.name,
          action: 'experiment.register',
          subject: { type: 'experiment', id },
          data: {
            name: file.id,
            digest,
            file_sha256,
            preregistration_sha256,
            runs: arms.length * file.seeds.length,
          },
        });
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof AlreadyRegistered) return false;
        throw error;
      });
    const experiment = created ? await this.get(id) : await this.goOn(digest, requester);
    return { experiment, created };
  }

  /** @throws SimulationError `experiment_not_found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<ExperimentState> {
    const found = await this.repository.find(manager, id);
    if (found === undefined)
      throw new SimulationError('not_found', 'experiment_not_found', `there is no experiment ${id}`);
    return found;
  }

  /**
   * Cancels what an experiment still has to do: its own job, those of its runs, and those that prepare them. Completed runs stay.
   * @returns it, `cancelling` while runs stop, or `cancelled`
   * @throws SimulationError `experiment_not_found`, `experiment_finished`
   */
  async cancel(id: string, requester: Requester): Promise<ExperimentState> {
    const left = await this.dataSource.transaction(async (manager) => {
      // Whoever starts its runs waits for the lock, and finds it cancelled.
      await this.repository.lock(manager, id);
      const { status, job_id } = await this.get(id, manager);
      if (status === 'cancelled') return [];
      if (hasEnded(status)) {
        const message = `experiment ${id} is ${status}; only one that is queued or running can be cancelled`;
        throw new SimulationError('conflict', 'experiment_finished', message);
      }
      if (await this.repository.noteCancel(manager, id)) {
        await this.audit.append(manager, {
          actor: requester.name,
          action: 'experiment.cancel',
          subject: { type: 'experiment', id },
          data: { job_id },
        });
      }
      const runs = await this.repository.runs(manager, id);
      const busy = runs.filter((run) => run.status === 'queued' || run.status === 'running');
      const ids = new Set([job_id, ...busy.flatMap((run) => [run.job_id ?? [], run.preparing].flat())]);
      return this.jobs.cancelMany(manager, [...ids], requester.name);
    });
    for (const each of left) await this.stop(each, requester.name);
    return this.get(id);
  }

  /** Starts anew what is missing of an experiment that nothing works on. */
  private async goOn(digest: string, requester: Requester): Promise<ExperimentState> {
    const id = await this.dataSource.transaction(async (manager) => {
      const known = (await this.repository.lockDigest(manager, digest)) as string;
      const { status } = (await this.repository.find(manager, known)) as ExperimentState;
      if (status === 'cancelling') {
        const message = `experiment ${known} is being cancelled; it can go on once it is cancelled`;
        throw new SimulationError('conflict', 'experiment_busy', message);
      }
      if (status !== 'incomplete' && status !== 'cancelled') return known;
      const job = await this.start(manager, known, requester);
      await this.repository.startAgain(manager, known, job.id);
      await this.audit.append(manager, {
        actor: requester.name,
        action: 'experiment.resume',
        subject: { type: 'experiment', id: known },
        data: { job_id: job.id, was: status },
      });
      return known;
    });
    return this.get(id);
  }

  private start(manager: EntityManager, id: string, { id: actorId, name }: Requester): Promise<Job> {
    return this.jobs.submit(manager, {
      queue: 'simulation',
      name: 'experiment.start',
      payload: { experiment_id: id, actor: name, actor_id: actorId ?? null } satisfies ExperimentJob,
      links: { experiment: experimentPath(id) },
      createdBy: actorId,
    });
  }

  private async stop(jobId: string, actor: string): Promise<void> {
    try {
      await this.jobs.cancel(jobId, actor);
    } catch (error) {
      // It came to an end before.
      if (!(error instanceof AppError)) throw error;
    }
  }
}

class AlreadyRegistered extends Error {}

/** What reports show of an experiment’s own. */
function textsOf({
  title,
  description,
  arms,
  seeds,
  preregistration,
}: ExperimentFile): { field: string; text: string }[] {
  const words = seeds.filter((seed) => !/^\d+$/u.test(seed));
  return [
    { field: 'title', text: title },
    { field: 'description', text: description },
    ...arms.flatMap(({ description: text }, place) =>
      text === undefined ? [] : [{ field: `arms[${place}].description`, text }],
    ),
    ...preregistration.hypotheses.map(({ text }, place) => ({
      field: `preregistration.hypotheses[${place}].text`,
      text,
    })),
    { field: 'preregistration.stopping', text: preregistration.stopping },
    ...(words.length === 0 ? [] : [{ field: 'seeds', text: words.join('\n') }]),
  ];
}
