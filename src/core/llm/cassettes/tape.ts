import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { callKey, type CallIdentity } from '../call-key.js';
import type { Answer } from '../backends/backend.js';
import type { BackendName, CassetteMode } from '../llm.types.js';
import { CassetteError } from './cassette.errors.js';
import type { CassettesRepository, RecordedModel } from './cassettes.repository.js';

/** A call without the digest of its model, which a cassette may know several of. */
export type UndigestedCall = Omit<CallIdentity, 'model_digest'> & { model: string };

/** An answer with what it is kept under. */
export interface KeptAnswer {
  key: string;
  modelDigest: string;
  answer: Answer;
}

/** A cassette in the hands of a session. */
export class Tape {
  private readonly sessionId = randomUUID();
  private id: string | undefined;
  private readonly digests = new Map<string, Promise<string[]>>();

  constructor(
    readonly name: string,
    readonly mode: Exclude<CassetteMode, 'live'>,
    private readonly dataSource: DataSource,
    private readonly repository: CassettesRepository,
  ) {}

  /** What tells its calls from those of other tapes: calls are shared by those alone that find and keep the same. */
  get scope(): string {
    return this.mode === 'record' ? this.sessionId : `${this.mode}:${this.name}`;
  }

  /** What it was recorded with. @throws CassetteError `cassette_not_found` in a replay */
  async models(): Promise<RecordedModel[]> {
    const id = await this.existing();
    return id === undefined ? [] : this.repository.models(this.dataSource.manager, id);
  }

  /** The digests that a model had when it was recorded, the latest first. */
  async digestsOf(backend: BackendName, model: string): Promise<string[]> {
    const key = `${backend}/${model}`;
    const known = this.digests.get(key);
    if (known !== undefined) return known;
    const found = this.existing().then((id) =>
      id === undefined ? [] : this.repository.digests(this.dataSource.manager, id, { backend, model }),
    );
    // What is being recorded has no end yet.
    if (this.mode === 'replay') this.digests.set(key, found);
    return found;
  }

  /**
   * The answer to a call, if the cassette has one that counts in its mode.
   * @param digests what the model may have been, the likeliest first
   */
  async find(call: UndigestedCall, digests: readonly string[]): Promise<KeptAnswer | undefined> {
    const keys = digests.map((model_digest) => callKey({ ...call, model_digest }));
    const session = this.mode === 'record' ? this.sessionId : undefined;
    const id = await this.existing();
    if (id === undefined) return undefined;
    const entry = await this.repository.find(this.dataSource.manager, id, keys, session);
    return entry && { key: entry.key, modelDigest: entry.model_digest, answer: entry.answer as Answer };
  }

  /** Keeps an answer. @returns what is kept: where somebody else was first, theirs */
  async keep(call: UndigestedCall, modelDigest: string, answer: Answer): Promise<KeptAnswer> {
    const { backend, model, request, seed } = call;
    const identity = { backend, model_digest: modelDigest, request, seed };
    const entry = await this.repository.keep(
      this.dataSource.manager,
      await this.made(),
      {
        key: callKey(identity),
        ...identity,
        request: { ...request, messages: [...request.messages] },
        model,
        answer,
        recorded_at: new Date().toISOString(),
      },
      this.mode === 'record' ? this.sessionId : undefined,
    );
    return { key: entry.key, modelDigest: entry.model_digest, answer: entry.answer as Answer };
  }

  /** The id of the cassette, where something was kept in it. @throws CassetteError `cassette_not_found` in a replay */
  private async existing(): Promise<string | undefined> {
    this.id ??= await this.repository.idOf(this.dataSource.manager, this.name);
    if (this.id === undefined && this.mode === 'replay') throw CassetteError.notFound(this.name);
    return this.id;
  }

  private async made(): Promise<string> {
    this.id ??= await this.repository.ensure(this.dataSource.manager, this.name);
    return this.id;
  }
}
