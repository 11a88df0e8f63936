import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { documentErrorAt, pathOf, type PathIssue, type ReadDocument } from '../../../core/documents/index.js';
import { AppError, type ErrorKind } from '../../../core/errors/index.js';
import { AgentsService, PopulationNotPersisted, type Requester } from '../../agents/index.js';
import { DecidersCheck } from '../deciders/deciders-check.js';
import { ScenarioLibrary } from '../scenarios/scenario-library.js';
import type { ScenarioSummary } from '../scenarios/scenario.loader.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import type { ExperimentParts } from './experiment.parts.js';
import {
  readExperiment,
  registrationOf,
  resolveArms,
  together,
  type Registration,
  type ResolvedArm,
} from './registration.js';

/** A scenario with its version and its text. */
type ScenarioDocument = ReadDocument<Scenario, ScenarioSummary>;

/** What errors call the text, which comes without the name of its file. */
const SOURCE = 'experiment';

/** Reads experiments together with what they name. */
@Injectable()
export class ExperimentReader {
  constructor(
    private readonly scenarios: ScenarioLibrary,
    private readonly agents: AgentsService,
    private readonly deciders: DecidersCheck,
  ) {}

  /**
   * @throws DocumentError naming every wrong line at once, also of names that nothing has and of deciders that cannot decide; what the
   *   check of a run says where a server does not answer, or somebody may not
   */
  async read(
    content: string,
    requester: Requester,
  ): Promise<{ scenario: ScenarioDocument; registration: Registration }> {
    const { file, refused, parts } = readExperiment(content, SOURCE);
    const issues: PathIssue[] = [];
    const { scenario: name, population } = parts;
    const scenario =
      name === undefined ? undefined : await found('scenario', issues, () => this.scenarios.get(name));
    if (population !== undefined) {
      await found('population', issues, async () => {
        const there = await this.agents.population(population);
        if (!there.persisted) throw new PopulationNotPersisted(there.id);
      });
    }
    const resolved = scenario && (await resolveArms(parts, scenario.value));
    if (resolved !== undefined) {
      issues.push(...resolved.issues);
      const seed = file?.seeds[0] ?? '1';
      if (resolved.issues.length === 0)
        issues.push(...(await this.undecided(parts, resolved.arms, seed, requester)));
    }
    if (file === undefined || scenario === undefined || resolved === undefined || issues.length > 0)
      throw together(SOURCE, [refused, documentErrorAt(content, SOURCE, issues)]);
    return { scenario, registration: registrationOf(file, scenario.value, resolved.arms) };
  }

  /**
   * Judges who decides in the arms as for a single run. One seed stands for all: what a model answers is kept by the seed, whether it can be
   * asked is not.
   */
  private async undecided(
    parts: ExperimentParts,
    arms: readonly ResolvedArm[],
    seed: string,
    requester: Requester,
  ): Promise<PathIssue[]> {
    const issues: PathIssue[] = [];
    for (const [at, { definition, name }] of arms.entries()) {
      const arm = parts.arms[at];
      const own = arm?.part.changes.deciders !== undefined;
      // Arms that leave the scenario's deciders as they are have the same ones.
      if (!own && parts.arms.slice(0, at).some(({ part }) => part.changes.deciders === undefined)) continue;
      try {
        await this.deciders.check(definition, seed, requester);
      } catch (error) {
        if (!(error instanceof AppError) || PASSING.has(error.kind)) throw error;
        const path = own ? ['arms', arm?.place ?? at, 'changes'] : ['scenario'];
        issues.push(...issuesOf(error, path, own ? `in the arm ${name}` : `the scenario ${definition.id}`));
      }
    }
    return issues;
  }

  /** Keeps a copy of the scenario, in the manager's transaction. */
  pin(manager: EntityManager, scenario: ScenarioDocument): Promise<void> {
    return this.scenarios.pin(manager, scenario);
  }
}

/** What is no matter of the file. */
const PASSING: ReadonlySet<ErrorKind> = new Set(['unavailable', 'forbidden', 'rate_limited']);

/** What the check of deciders found, where the file has it. @param whose the deciders are */
function issuesOf(error: AppError, path: readonly PropertyKey[], whose: string): PathIssue[] {
  if (error.issues.length === 0) return [{ path, message: `${whose}: ${error.message}` }];
  return error.issues.map(({ field, message }) => ({
    path: path.length > 1 ? [...path, ...pathOf(field)] : path,
    message: path.length > 1 ? message : `${whose}: ${field} ${message}`,
  }));
}

/** What a field names; where that is not there, the file is wrong in its line. */
async function found<T>(field: string, issues: PathIssue[], look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof AppError) || (error.kind !== 'not_found' && error.kind !== 'conflict'))
      throw error;
    issues.push({ path: [field], message: error.message });
    return undefined;
  }
}
