import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { RunStore } from '../run.store.js';
import { RunsRepository } from '../runs.repository.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { SimulationError } from '../simulation.errors.js';
import type { ImportedNetwork } from './imported-network.js';
import { NETWORK_TYPES, networkFormat, readNetwork } from './read-network.js';

/** Writes, in the manager's transaction, that a run has the file of its network. */
type Keep = (manager: EntityManager) => Promise<void>;

/** The networks that come with runs, kept as files of theirs. */
@Injectable()
export class RunNetworks {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly store: RunStore,
  ) {}

  /**
   * Reads the network that came with a request, stores it, and calls `accept`, which is to call what it is given within its
   * transaction. Removes the file again where that fails.
   * @throws SimulationError `network_invalid`; `out_of_range` where a network is missing, or nobody asked for one
   */
  async withStored<R>(
    scenario: Scenario,
    runId: string,
    text: string | undefined,
    accept: (keep: Keep) => Promise<R>,
  ): Promise<R> {
    const name = fileOf(scenario);
    if (name === undefined) {
      if (text !== undefined) throw misplaced('is for scenarios whose graph has the model imported');
      return accept(() => Promise.resolve());
    }
    if (text === undefined)
      throw misplaced(`is missing: the text of ${name}, which the graph of the scenario names`);
    readNetwork(text, name);
    const mediaType = NETWORK_TYPES[networkFormat(name)];
    const { stored, pending } = await this.store.putText(runId, { name, media_type: mediaType, text });
    try {
      return await accept(async (manager) => {
        await this.repository.addFile(manager, runId, stored);
        pending.handOver();
      });
    } finally {
      await pending.discard();
    }
  }

  /** The network of a run; nothing where its scenario imports none. */
  async read(scenario: Scenario, runId: string): Promise<ImportedNetwork | undefined> {
    const name = fileOf(scenario);
    const text = await this.text(scenario, runId);
    return name === undefined || text === undefined ? undefined : readNetwork(text, name);
  }

  /** The text of the file that {@link read} reads. */
  async text(scenario: Scenario, runId: string): Promise<string | undefined> {
    const name = fileOf(scenario);
    if (name === undefined) return undefined;
    const files = await this.repository.files(this.dataSource.manager, runId);
    const file = files.find((each) => each.name === name);
    if (file === undefined) throw new Error(`the run ${runId} has no file ${name}`);
    const { stream } = await this.store.open(file);
    return new Response(ReadableStream.from(stream)).text();
  }
}

function fileOf(scenario: Scenario): string | undefined {
  if (scenario.model === 'feedsim') return undefined;
  return scenario.graph.model === 'imported' ? scenario.graph.file : undefined;
}

function misplaced(message: string): SimulationError {
  return new SimulationError('invalid', 'out_of_range', `network ${message}`, [
    { field: 'network', message },
  ]);
}
