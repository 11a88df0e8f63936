import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Executor, type Running, type Sight } from '../executor/executor.js';
import type { Crew } from './crew.js';
import { Foreman } from './foreman.js';
import { Launcher } from './launcher.js';
import { MaintenanceWatch } from './maintenance-watch.js';
import { Upkeep } from './upkeep.js';
import type { Ward } from './ward.js';
import { Wards } from './wards.js';

/** Bots that are ended together have no longer than this, whatever their blueprints say; in milliseconds. */
const END_MS = 10_000;

/** Does for each bot and its instances what is to be done at a look. */
@Injectable()
export class Caretaker {
  constructor(
    private readonly executor: Executor,
    private readonly launcher: Launcher,
    private readonly foreman: Foreman,
    private readonly steps: Wards,
    private readonly upkeep: Upkeep,
    private readonly maintenance: MaintenanceWatch,
  ) {}

  /** What is needed for a look at all of them. */
  async prepare(crews: readonly Crew[]): Promise<(running: Running) => Sight> {
    await this.maintenance.refresh();
    await this.steps.prepare(crews.map(({ id }) => id));
    await this.upkeep.hear(wardsOf(crews));
    return this.executor.look();
  }

  /** @throws WardLost */
  async tend(crew: Crew, look: (running: Running) => Sight): Promise<void> {
    const pause = this.maintenance.pauseOf(crew);
    const held = pause === undefined && (await this.foreman.plan(crew));
    for (const ward of crew.all) {
      const sight = ward.running && look(ward.running);
      if (sight?.alive === true) ward.takeSight(sight, Date.now());
      this.upkeep.read(ward);
      if (pause === undefined) await this.steps.look(ward, sight, held);
      // Last: a bot that cannot be heard can still be stopped.
      await this.launcher.keepLine(ward);
    }
    if (pause !== undefined) await this.foreman.leave(crew, pause);
    else await this.foreman.sum(crew);
  }

  /** Writes and clears away, each in its time. */
  async tidy(crews: readonly Crew[]): Promise<void> {
    await this.upkeep.tidy(wardsOf(crews));
  }

  async flush(crews: readonly Crew[]): Promise<void> {
    await this.upkeep.flush(wardsOf(crews));
  }

  /** Ends all of them with the server: asked first, then killed. @param failed hears of those that could not be written down */
  async endAll(crews: readonly Crew[], failed: (crew: Crew, error: unknown) => void): Promise<void> {
    const wards = wardsOf(crews);
    const running = wards.flatMap(({ running: process }) => process ?? []);
    await Promise.all(running.map((process) => this.executor.ask(process)));
    const graces = wards.map(({ bot }) => bot.manifest.grace_seconds * 1_000);
    const end = performance.now() + Math.min(END_MS, Math.max(0, ...graces));
    while (performance.now() < end) {
      const look = await this.executor.look();
      if (!running.some((process) => look(process).alive)) break;
      await setTimeout(50);
    }
    for (const crew of crews) await this.takeAlong(crew).catch((error: unknown) => failed(crew, error));
    await this.executor.leave();
  }

  private async takeAlong(crew: Crew): Promise<void> {
    for (const ward of crew.all) {
      if (ward.running === undefined) continue;
      this.upkeep.read(ward);
      await this.steps.takeAlong(ward);
    }
    await this.foreman.sum(crew);
  }
}

function wardsOf(crews: readonly Crew[]): Ward[] {
  return crews.flatMap(({ all }) => all);
}
