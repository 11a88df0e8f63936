import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import { Executor } from '../executor/executor.js';
import { IncidentsRepository } from '../healing/incidents.repository.js';
import { BotLogsRepository, type NewLogLine } from '../logs/bot-logs.repository.js';
import { isAlive } from '../registry/bot.rules.js';
import { BotStatesRepository, type Measures } from './states.repository.js';
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
    private readonly states: BotStatesRepository,
    private readonly logs: BotLogsRepository,
    private readonly commands: BotCommandsRepository,
    private readonly incidents: IncidentsRepository,
  ) {}

  /** Takes the beats of bots that call over the network, and so may have called another process than this. */
  async hear(wards: readonly Ward[]): Promise<void> {
    const far = wards.filter(({ running }) => running && this.executor.socketOf(running) === undefined);
    if (far.length === 0) return;
    const instances = far.flatMap(({ running }) => running?.instance ?? []);
    const beats = await this.states.beats(this.dataSource.manager, instances);
    const byBot = new Map(beats.map((beat) => [beat.bot_id, beat]));
    for (const ward of far) {
      const beat = byBot.get(ward.id);
      if (beat !== undefined) ward.hear(beat);
    }
  }

  /** Reads what a bot has printed. */
  read(ward: Ward): void {
    const { id } = ward;
    const { lines, dropped } = this.executor.printed(id);
    const kept = lines.slice(0, LINES_MAX);
    const left = lines.length - kept.length;
    this.lines.push(...kept.map((line) => ({ bot_id: id, ...line })));
    if (dropped > 0 || left > 0) {
      ward.flooded += dropped;
      const message = `too much at once: ${left} lines and ${dropped} bytes are left out`;
      this.lines.push({ bot_id: id, stream: 'host', message });
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
    const known = new Set(wards.map(({ id }) => id));
    for (const id of await this.executor.remembered()) if (!known.has(id)) await this.executor.forget(id);
    const { manager } = this.dataSource;
    await this.logs.prune(manager, [...this.printing]);
    this.printing.clear();
    await this.commands.expire(manager);
    await this.incidents.prune(manager);
  }

  async flush(wards: readonly Ward[]): Promise<void> {
    this.flushedAt = performance.now();
    const { manager } = this.dataSource;
    const lines = this.lines.splice(0);
    await this.logs.add(manager, lines);
    const measured = wards.filter(({ state, running }) => running !== undefined && isAlive(state.status));
    await this.states.measure(manager, measured.map(measuresOf));
  }
}

function measuresOf(ward: Ward): Measures {
  const { id, state, lastBeatAt, beat, cpuLoad, memoryMb } = ward;
  const { requestsPerSecond, errorRate } = ward.rates;
  return {
    bot_id: id,
    last_heartbeat: lastBeatAt === null ? state.last_heartbeat : new Date(lastBeatAt),
    report: beat ?? null,
    cpu_load: cpuLoad,
    memory_usage_mb: memoryMb,
    requests_per_second: requestsPerSecond,
    error_rate: errorRate,
  };
}
