import { Injectable } from '@nestjs/common';
import { contentOf, DocumentError } from '../../core/documents/index.js';
import { AgentsService, type Requester } from './agents.service.js';
import { lined, readPopulationFile, type ReadPopulationFile } from './composition/population-file.js';
import { createGenerator } from './create-generator.js';
import type { PopulationAnswer, PopulationRequest } from './population.request.js';
import type { NormalSpecification } from './population.specification.js';

/** What errors call a file that came in a request. */
const SOURCE = 'document';
/** Whether people can be made does not depend on the seed. */
const ANY_SEED = '0';

/** A population file as it was sent. */
export interface SentFile {
  content?: string | undefined;
  document?: Record<string, unknown> | undefined;
  sample?: string | undefined;
}

type Wishes = Pick<
  PopulationRequest,
  'seed' | 'preview' | 'persist' | 'export' | 'writer' | 'cassette' | 'cassette_mode'
>;

/** Makes populations of files that come in requests. */
@Injectable()
export class PopulationFilesService {
  constructor(private readonly agents: AgentsService) {}

  /**
   * Reads a file, and shows, persists or exports its population, as {@link AgentsService.populate} does.
   * @throws DocumentError naming every wrong line, AppError without lines where an object was sent
   */
  populate(sent: SentFile, wishes: Wishes, requester: Requester): Promise<PopulationAnswer> {
    return this.read(sent, ({ specification, writer }) =>
      this.agents.populate({ ...specification, ...wishes, writer: wishes.writer ?? writer }, requester),
    );
  }

  /** What a file would give, found out by fitting it once. @throws as {@link populate} */
  check(
    sent: SentFile,
  ): Promise<ReadPopulationFile & { normal: Omit<NormalSpecification, 'seed' | 'writer'> }> {
    return this.read(sent, async (file) => {
      const generator = await createGenerator({ ...file.specification, seed: ANY_SEED });
      const { seed: _seed, writer: _writer, ...normal } = generator.specification;
      return { ...file, normal };
    });
  }

  private async read<R>(sent: SentFile, use: (file: ReadPopulationFile) => Promise<R>): Promise<R> {
    const text = contentOf(sent);
    try {
      return await use(readPopulationFile(text, SOURCE, sent.sample));
    } catch (error) {
      const placed = lined(text, SOURCE, error);
      // Of a file that was sent as an object, nobody has seen the lines.
      throw sent.document !== undefined && placed instanceof DocumentError ? placed.withoutLines() : placed;
    }
  }
}
