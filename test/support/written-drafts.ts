import { setTimeout as sleep } from 'node:timers/promises';
import assert from 'node:assert/strict';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { testApplication, type TestApplication } from './application.js';
import { MODEL } from './llm-server.js';

/** What a batch is answered with. */
export interface Batch {
  id: string;
  job_id: string;
  writer: { backend: string; model: string; prompt: { name: string } } | null;
  writing?: { cassette: string; cassette_mode: string; forecast: { calls: number; input_tokens: number } };
}

/** What came of the writing of a batch. */
export interface Written {
  cassette: string;
  by_model: Record<string, number>;
  by_rules: Record<string, number>;
  refused: Record<string, number>;
  input_tokens: number;
  usage: { calls: number; replayed: number; repairs: number };
}

export interface Job {
  status: string;
  error: { code: string } | null;
  progress: { note: string | null };
  result: { drafts: number; created: boolean; writing?: Written };
}

export interface Draft {
  id: string;
  caption: string;
  alt_text: string;
  hashtags: string[];
  variations: { caption: string }[];
  scores: Record<string, number | null>;
  timings_us: Record<string, number>;
  decision: { action: string };
  metadata: {
    generator: string;
    steps: Record<string, number>;
    writing?: {
      writer: { backend: string; model: string; model_digest: string; prompt: Record<string, string> };
      attempts: { seed: string; calls: string[] }[];
      by_rules: string[];
      refused: { field: string; reason: string }[];
    };
  };
}

export type Backend = 'ollama' | 'openai';

/** The environment of an application whose models are at a server. */
export function environmentOf(backend: Backend, url: string, model: string = MODEL): Record<string, string> {
  return backend === 'ollama'
    ? { OLLAMA_BASE_URL: url, OLLAMA_MODEL: model }
    : { AZT3KNET_OPENAI_BASE_URL: `${url}/v1`, AZT3KNET_OPENAI_MODEL: model };
}

/** An application in which a small population writes drafts. */
export class WritingRoom {
  private constructor(
    readonly application: TestApplication,
    readonly population: string,
    readonly agents: readonly { id: string; locale: string }[],
  ) {}

  static async open(
    environment: Record<string, string>,
    database?: DatabaseTarget,
    count = 12,
  ): Promise<WritingRoom> {
    const application = await testApplication(environment, 'all', database && Promise.resolve(database));
    const { body } = await application.call<{
      population_id: string;
      job_id: string;
      preview: { id: string; locale: string }[];
    }>('POST', '/api/v1/populate', {
      gender: 'unspecified',
      country: 'MX',
      count,
      seed: 'authors',
      persist: true,
      preview: count,
    });
    const room = new WritingRoom(application, body.population_id, body.preview);
    assert.equal((await room.end(body.job_id)).status, 'completed');
    return room;
  }

  async job(id: string): Promise<Job> {
    return (await this.application.call<Job>('GET', `/api/v1/jobs/${id}`)).body;
  }

  async end(id: string): Promise<Job> {
    for (;;) {
      const job = await this.job(id);
      if (['completed', 'failed', 'cancelled'].includes(job.status)) return job;
      await sleep(50);
    }
  }

  /** Asks for a batch of the whole population. */
  async ask(body: object = {}): Promise<Batch> {
    const { population } = this;
    const asked = { population, template: 'recipe', seed: 'w', writer: 'llm', ...body };
    const answer = await this.application.call<Batch>('POST', '/api/v1/content/draft', asked);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return answer.body;
  }

  /** Asks for a batch, and waits until it is there. */
  async make(body: object = {}): Promise<{ batch: Batch; job: Job; writing: Written }> {
    const batch = await this.ask(body);
    const job = await this.end(batch.job_id);
    assert.equal(job.status, 'completed', JSON.stringify(job.error));
    return { batch, job, writing: job.result.writing as Written };
  }

  /** One draft by the first agent. */
  async draft(body: object = {}): Promise<{ status: number; body: Draft }> {
    const asked = { agent: this.agents[0]?.id, template: 'recipe', seed: 'w', writer: 'llm', ...body };
    const { status, body: draft } = await this.application.call<Draft>(
      'POST',
      '/api/v1/content/draft',
      asked,
    );
    return { status, body: draft };
  }

  async drafts(seed: string, template = 'recipe'): Promise<Draft[]> {
    const query = new URLSearchParams({ population: this.population, seed, template, limit: '100' });
    const url = `/api/v1/content/drafts?${query.toString()}`;
    return (await this.application.call<{ drafts: Draft[] }>('GET', url)).body.drafts;
  }

  async text(url: string): Promise<string> {
    const { app, authorization } = this.application;
    const { statusCode, body } = await app.inject({ url, headers: { authorization } });
    assert.equal(statusCode, 200, body);
    return body;
  }

  /** The bytes of a batch's export, and its manifest. */
  async exportOf(
    { id }: Batch,
    format = 'json',
  ): Promise<{ text: string; manifest: Record<string, unknown> }> {
    const { body } = await this.application.call<{ job_id: string }>(
      'POST',
      `/api/v1/content/batches/${id}/exports`,
      { format },
    );
    const job = (await this.end(body.job_id)) as unknown as { result: { export_id: string } };
    const path = `/api/v1/exports/${job.result.export_id}`;
    const text = await this.text(`${path}/file`);
    return { text, manifest: JSON.parse(await this.text(`${path}/manifest`)) as Record<string, unknown> };
  }

  /** Puts a cassette of another application into this one. */
  async take(name: string, file: string): Promise<void> {
    const content = file.trimEnd().split('\n').slice(0, -1).join('\n');
    await this.application.call('POST', `/api/v1/llm/cassettes/${name}/entries`, { content });
  }
}
