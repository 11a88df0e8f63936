import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { contentOf, DocumentBody } from '../../../core/documents/index.js';
import {
  CurrentCaller,
  downloadOf,
  file,
  IdParams,
  Route,
  sendDownload,
  YAML_TYPES,
  type Caller,
} from '../../../core/http/index.js';
import { requesterOf } from '../../agents/index.js';
import { jobPath } from '../../jobs/index.js';
import { EXPERIMENT_EXAMPLE } from './experiment-example.js';
import {
  AcceptedExperimentDto,
  acceptedExperimentDto,
  CheckedExperimentDto,
  checkedExperimentDto,
  ExperimentDto,
  experimentDto,
  ExperimentsPageDto,
  ExperimentsQueryDto,
  experimentSummaryDto,
  TableParams,
} from './experiment.dto.js';
import { ExperimentRemoval } from './experiment.removal.js';
import { ExperimentResultsService } from './experiment-results.js';
import { ExperimentResultsDto, experimentResultsDto } from './experiment-results.dto.js';
import { ExperimentTables } from './experiment-tables.js';
import { ExperimentsRepository } from './experiments.repository.js';
import { ExperimentsService } from './experiments.service.js';

const PAGE = file('text/html');
const TABLE = file('text/csv', 'application/vnd.apache.parquet');

@Controller('experiments')
@Route.group('simulations')
export class ExperimentsController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly service: ExperimentsService,
    private readonly repository: ExperimentsRepository,
    private readonly results: ExperimentResultsService,
    private readonly tables: ExperimentTables,
    private readonly removal: ExperimentRemoval,
  ) {}

  @Post()
  @Route({
    summary: 'Registers an experiment and starts its runs.',
    description:
      'The file and its pre-registration are hashed before the first run. The same file again goes on with what is missing, was cancelled ' +
      'or has failed; what is there stays. The job starts the runs, each of which has a job of its own.',
    permission: 'simulations:run',
    body: DocumentBody,
    bodyExample: { content: EXPERIMENT_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 202: AcceptedExperimentDto },
  })
  async run(
    @Body() body: DocumentBody,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedExperimentDto> {
    const accepted = await this.service.accept(contentOf(body), requesterOf(caller));
    void reply.header('Location', jobPath(accepted.experiment.job_id));
    return acceptedExperimentDto(accepted);
  }

  @Post('check')
  @Route({
    summary: 'Says what is wrong with an experiment, or what it would run, without keeping it.',
    permission: 'simulations:read',
    body: DocumentBody,
    bodyExample: { content: EXPERIMENT_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: CheckedExperimentDto },
  })
  async check(@Body() body: DocumentBody, @CurrentCaller() caller: Caller): Promise<CheckedExperimentDto> {
    return checkedExperimentDto(await this.service.check(contentOf(body), requesterOf(caller)));
  }

  @Get()
  @Route({
    summary: 'Experiments, the newest first unless another order is asked for.',
    permission: 'simulations:read',
    query: ExperimentsQueryDto,
    answers: { 200: ExperimentsPageDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: ExperimentsQueryDto): Promise<ExperimentsPageDto> {
    const { rows, next } = await this.repository.page(this.dataSource.manager, filter, {
      sort,
      limit,
      cursor,
    });
    return {
      synthetic: true,
      experiments: rows.map((each) => experimentSummaryDto(each)),
      next_cursor: next,
    };
  }

  @Get(':id')
  @Route({
    summary: 'An experiment: what was registered, its status, and its runs.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: ExperimentDto },
  })
  async get(@Param() { id }: IdParams): Promise<ExperimentDto> {
    return this.describe(id);
  }

  @Delete(':id')
  @Route({
    summary: 'Deletes an experiment that nothing works on, with its runs and their files.',
    description:
      'Its digests stay in the audit, and reports of later experiments of its name tell that it was there.',
    permission: 'simulations:delete',
    params: IdParams,
    answers: { 204: null },
  })
  async delete(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.removal.delete(id, caller.username);
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Cancels what an experiment still has to do; completed runs stay.',
    description:
      'What waits is cancelled at once. The answer shows it `cancelling` while runs stop, which takes a second or so, then it is `cancelled`; ' +
      'without a run to stop it is `cancelled` at once. To cancel it again changes nothing. The same file again goes on from there.',
    permission: 'simulations:run',
    params: IdParams,
    answers: { 200: ExperimentDto },
  })
  async cancel(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<ExperimentDto> {
    await this.service.cancel(id, requesterOf(caller));
    return this.describe(id);
  }

  @Get(':id/results')
  @Route({
    summary: 'What a finished experiment found.',
    description: 'One that is not complete can be read as well; that it was is told by the report.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: ExperimentResultsDto },
  })
  async found(@Param() { id }: IdParams): Promise<ExperimentResultsDto> {
    return experimentResultsDto(await this.results.of(id));
  }

  @Get(':id/report')
  @Route({
    summary: 'The same as one page of HTML that needs nothing else.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: PAGE, 206: PAGE, 304: null },
  })
  async report(
    @Param() { id }: IdParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const results = await this.results.of(id);
    // The chart library is large and only a report needs it.
    const { renderExperiment } = await import('./experiment-html.js');
    const bytes = Buffer.from(renderExperiment(results));
    return sendDownload(
      downloadOf(bytes, `experiment-${id}.html`, 'text/html; charset=utf-8'),
      request,
      reply,
    );
  }

  @Get(':id/tables/:name')
  @Route({
    summary: 'The runs of a finished experiment with their outcomes, or its comparisons, as a table.',
    permission: 'simulations:read',
    params: TableParams,
    answers: { 200: TABLE, 206: TABLE, 304: null },
  })
  async table(
    @Param() { id, name }: TableParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const bytes = await this.tables.bytes(await this.results.of(id), name);
    const type = name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/vnd.apache.parquet';
    const download = {
      ...downloadOf(bytes, `experiment-${id}-${name}`, type),
      disposition: 'attachment' as const,
    };
    return sendDownload(download, request, reply);
  }

  private async describe(id: string): Promise<ExperimentDto> {
    const experiment = await this.service.get(id);
    return experimentDto(experiment, await this.repository.runs(this.dataSource.manager, id));
  }
}
