import { Injectable, SetMetadata, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { JOB_NAMES, type JobName } from './job-names.js';

const HANDLES = Symbol('job.handles');

/** What a handler is given beside the payload. */
export interface JobContext {
  jobId: string;
  /** Aborts when the job is cancelled or the process shuts down: stop soon, and let the reason be thrown. */
  signal: AbortSignal;
  /** Tells how far the work is; cheap to call often. */
  progress(done: number, total: number, note?: string): void;
  /**
   * Commits what must be there before the end: it rolls back once the job is another attempt's.
   * @returns what `work` returned
   */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /**
   * Puts the job back in its queue until a time, or until it is woken, where `work` still says so in the same transaction: the slot is free
   * for others, and the attempt does not count. The handler then ends with nothing.
   * @returns what `work` said
   */
  postpone(until: Date, work: (manager: EntityManager) => Promise<boolean>): Promise<boolean>;
  /**
   * Commits what the job made together with its completion, in one transaction; call it once, at the end.
   * @returns what `work` returned, which becomes the job's result
   */
  complete<T extends object>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** It calls `complete`, or returns the result where there is nothing to commit with it. */
export type JobHandler = (payload: never, context: JobContext) => Promise<object | undefined>;

/** Marks the method of a provider that does the jobs of a name; it takes `(payload, context: JobContext)`. */
export const HandlesJob = (name: JobName): MethodDecorator => SetMetadata(HANDLES, name);

/** Finds the handlers at start, and refuses a job without one or with two. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  private readonly handlers = new Map<string, JobHandler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const handler = (instance as Record<string, unknown>)[method];
        if (typeof handler !== 'function') continue;
        const name = this.reflector.get<string | undefined>(HANDLES, handler);
        if (name === undefined) continue;
        if (this.handlers.has(name)) throw new Error(`two handlers for the job ${name}`);
        this.handlers.set(name, handler.bind(instance) as JobHandler);
      }
    }
    const missing = JOB_NAMES.filter((name) => !this.handlers.has(name));
    if (missing.length > 0) throw new Error(`no handler for the job ${missing.join(', ')}`);
  }

  get(name: string): JobHandler | undefined {
    return this.handlers.get(name);
  }
}
