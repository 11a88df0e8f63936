import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Executor, type Running, type Sight } from '../executor/executor.js';
import { Healing } from '../healing/healing.js';
import { Launcher } from './launcher.js';
import { MaintenanceWatch } from './maintenance-watch.js';
import { Upkeep } from './upkeep.js';
import type { Ward } from './ward.js';
import { Wards } from './wards.js';

/** Bots that are ended together have no longer than this, whatever their blueprints say; in milliseconds. */
const END_MS = 10_000;

/** Does for each bot what is to be done at a look. */
@Injectable()
export class Caretaker {
  constructor(
    private readonly executor: Executor,
    private readonly launcher: Launcher,
    private readonly steps: Wards,
    private readonly healing: Healing,
    private readonly upkeep: Upkeep,
    private readonly maintenance: MaintenanceWatch,
  ) {}

  /** What is needed for a look at all of them. */
  async prepare(wards: readonly Ward[]): Promise<(running: Running) => Sight> {
    await this.maintenance.refresh();
    await this.healing.refresh(wards.map(({ id }) => id));
    await this.upkeep.hear(wards);
    return this.executor.look();
  }

  /** @throws WardLost */
  async tend(ward: Ward, look: (running: Running) => Sight): Promise<void> {
    const sight = ward.running && look(ward.running);
    if (sight?.alive === true) ward.takeSight(sight, Date.now());
    this.upkeep.read(ward);
    const pause = this.maintenance.pauseOf(ward);
    if (pause !== undefined) await this.steps.leave(ward, pause);
    else await this.steps.look(ward, sight, await this.healing.look(ward));
    // Last: a bot that cannot be heard can still be stopped.
    await this.launcher.keepLine(ward);
  }

  /** Writes and clears away, each in its time. */
  async tidy(wards: readonly Ward[]): Promise<void> {
    await this.upkeep.tidy(wards);
  }

  async flush(wards: readonly Ward[]): Promise<void> {
    await this.upkeep.flush(wards);
  }

  /** Ends all of them with the server: asked first, then killed. @param failed hears of those that could not be written down */
  async endAll(wards: readonly Ward[], failed: (ward: Ward, error: unknown) => void): Promise<void> {
    const running = wards.flatMap(({ running: process }) => process ?? []);
    await Promise.all(running.map((process) => this.executor.ask(process)));
    const graces = wards.map(({ bot }) => bot.manifest.grace_seconds * 1_000);
    const end = performance.now() + Math.min(END_MS, Math.max(0, ...graces));
    while (performance.now() < end) {
      const look = await this.executor.look();
      if (!running.some((process) => look(process).alive)) break;
      await setTimeout(50);
    }
    for (const ward of wards) {
      if (ward.running === undefined) continue;
      this.upkeep.read(ward);
      await this.steps.takeAlong(ward).catch((error: unknown) => failed(ward, error));
    }
    await this.executor.leave();
  }
}
