import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import { Executor, slotName } from '../executor/executor.js';
import { BotLogsRepository, type NewLogLine } from '../logs/bot-logs.repository.js';
import { isAlive } from '../registry/bot.rules.js';
import { BotInstancesRepository, type Measures } from './instances.repository.js';
import type { Ward } from './ward.js';

const FLUSH_MS = 2_000;
const SWEEP_MS = 30_000;
/** Lines of one bot that are kept of one look. */
const LINES_MAX = 100;

/** Writes down what bots print and how they do, and clears away what nobody needs any more. */
@Injectable()
export class Upkeep {
  private lines: NewLogLine[] = [];
  private readonly printing = new Set<string>();
  private flushedAt = -Infinity;
  private sweptAt = -Infinity;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly executor: Executor,
    private readonly instances: BotInstancesRepository,
    private readonly logs: BotLogsRepository,
    private readonly commands: BotCommandsRepository,
  ) {}

  /** Takes the beats of bots that call over the network, and so may have called another process than this. */
  async hear(wards: readonly Ward[]): Promise<void> {
    const far = wards.filter(({ running }) => running && this.executor.socketOf(running) === undefined);
    if (far.length === 0) return;
    const instances = far.flatMap(({ running }) => running?.instance ?? []);
    const beats = await this.instances.beats(this.dataSource.manager, instances);
    const byInstance = new Map(beats.map((beat) => [beat.instance, beat]));
    for (const ward of far) {
      const beat = byInstance.get(ward.running?.instance ?? '');
      if (beat !== undefined) ward.hear(beat);
    }
  }

  /** Reads what a bot has printed. */
  read(ward: Ward): void {
    const { id, ordinal, slot } = ward;
    const { lines, dropped } = this.executor.printed(slot);
    const kept = lines.slice(0, LINES_MAX);
    const left = lines.length - kept.length;
    this.lines.push(...kept.map((line) => ({ bot_id: id, ordinal, ...line })));
    if (dropped > 0 || left > 0) {
      ward.flooded += dropped;
      const message = `too much at once: ${left} lines and ${dropped} bytes are left out`;
      this.lines.push({ bot_id: id, ordinal, stream: 'host', message });
    }
    if (lines.length > 0) this.printing.add(id);
  }

  /** Writes and clears away, each in its time. */
  async tidy(wards: readonly Ward[]): Promise<void> {
    const now = performance.now();
    if (now - this.flushedAt >= FLUSH_MS) await this.flush(wards);
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    await this.executor.sweep(wards.flatMap(({ running }) => running ?? []));
    const known = new Set(wards.map(({ name }) => name));
    for (const slot of await this.executor.remembered())
      if (!known.has(slotName(slot))) await this.executor.forget(slot);
    const { manager } = this.dataSource;
    await this.logs.prune(manager, [...this.printing]);
    this.printing.clear();
    await this.commands.expire(manager);
  }

  async flush(wards: readonly Ward[]): Promise<void> {
    this.flushedAt = performance.now();
    const { manager } = this.dataSource;
    const lines = this.lines.splice(0);
    await this.logs.add(manager, lines);
    const measured = wards.filter(({ state, running }) => running !== undefined && isAlive(state.status));
    await this.instances.measure(manager, measured.map(measuresOf));
  }
}

function measuresOf(ward: Ward): Measures {
  const { id, ordinal, state, lastBeatAt, beat, cpuLoad, memoryMb } = ward;
  const { requestsPerSecond, errorRate } = ward.rates;
  return {
    bot_id: id,
    ordinal,
    last_heartbeat: lastBeatAt === null ? state.last_heartbeat : new Date(lastBeatAt),
    report: beat ?? null,
    cpu_load: cpuLoad,
    memory_usage_mb: memoryMb,
    requests_per_second: requestsPerSecond,
    error_rate: errorRate,
  };
}
