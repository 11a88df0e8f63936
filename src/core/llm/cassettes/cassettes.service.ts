import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/index.js';
import type { Page, PageRequest } from '../../database/index.js';
import { sha256Of } from '../call-key.js';
import type { CassetteMode } from '../llm.types.js';
import { CASSETTE_NAME, CASSETTE_NAME_RULE } from './cassette-name.js';
import { CassetteError } from './cassette.errors.js';
import { cassetteFile, readEntry } from './cassette-file.js';
import {
  CassettesRepository,
  type CassetteFacts,
  type CassetteFilter,
  type CassetteSort,
} from './cassettes.repository.js';
import { Tape } from './tape.js';

const PAGE = 200;

/** What an import did. */
export interface Imported {
  /** Entries that were not there. */
  added: number;
  /** Entries that were there, the same. */
  present: number;
}

/** The recorded answers of language models. */
@Injectable()
export class Cassettes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: CassettesRepository,
    private readonly audit: AuditService,
  ) {}

  /** @throws CassetteError where the name is none, or `cassette_not_found` by its first call in a replay */
  tape(name: string, mode: Exclude<CassetteMode, 'live'>): Tape {
    return new Tape(nameOf(name), mode, this.dataSource, this.repository);
  }

  /** A page of cassettes. @throws InvalidCursor */
  list(filter: CassetteFilter, request: PageRequest<CassetteSort>): Promise<Page<CassetteFacts>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** @throws CassetteError `cassette_not_found` */
  async get(name: string): Promise<CassetteFacts> {
    const found = await this.repository.facts(this.dataSource.manager, name);
    if (found === undefined) throw CassetteError.notFound(name);
    return found;
  }

  /**
   * The lines of a cassette's file, for who keeps it elsewhere, as beside a report. The same entries make the same bytes.
   * @throws CassetteError `cassette_not_found`, before the first line
   */
  async export(name: string): Promise<AsyncGenerator<string>> {
    const { id } = await this.get(name);
    return cassetteFile(name, this.texts(id));
  }

  /**
   * Adds lines of a file to a cassette, which is made unless it is there: all of them or none.
   * @param lines without the last one of the file; each proves itself by its digests
   * @param firstLine where the first one stands in the file, counted from 1
   * @throws CassetteError `cassette_invalid` naming the line; `cassette_conflict` where another answer is there
   */
  async import(name: string, lines: readonly string[], firstLine: number, actor: string): Promise<Imported> {
    nameOf(name);
    const entries = lines.map((line, index) => readEntry(line, firstLine + index));
    return this.dataSource.transaction(async (manager) => {
      const id = await this.repository.ensure(manager, name);
      let added = 0;
      for (const entry of entries) {
        const before = await this.repository.find(manager, id, [entry.key]);
        const { answer } = before ?? (await this.repository.keep(manager, id, entry));
        if (sha256Of(answer) !== sha256Of(entry.answer)) throw CassetteError.conflict(name, entry.key);
        if (before === undefined) added += 1;
      }
      await this.audit.append(manager, {
        actor,
        action: 'cassettes.import',
        subject: { type: 'cassette', id },
        data: { name, entries: entries.length, added },
      });
      return { added, present: entries.length - added };
    });
  }

  private async *texts(id: string): AsyncGenerator<string> {
    for (let last = ''; ;) {
      const rows = await this.repository.after(this.dataSource.manager, id, last, PAGE);
      for (const { entry } of rows) yield entry;
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE) return;
      last = end.key;
    }
  }
}

function nameOf(name: string): string {
  if (CASSETTE_NAME.test(name)) return name;
  throw CassetteError.nameInvalid(CASSETTE_NAME_RULE);
}
