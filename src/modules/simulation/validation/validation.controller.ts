import { Body, Controller, Param, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { downloadOf, file, IdParams, Route, sendDownload } from '../../../core/http/index.js';
import { renderValidation } from './validation-html.js';
import { ValidateRunDto, ValidationDto, validationDto } from './validation.dto.js';
import { ValidationService } from './validation.service.js';

const PAGE = file('text/html');

@Controller('runs')
@Route.group('simulations')
export class ValidationController {
  constructor(private readonly service: ValidationService) {}

  @Post(':id/validation')
  @Route({
    summary: 'Holds the cascades of a completed run against real ones, beside null models.',
    description:
      'The event log is read, which takes a second for each million events: logs of up to 1 GiB, one after the other. The same again is ' +
      'answered from memory. Trees hold up to 10,000 cascades in 512,000 characters; more are refused with `trees_invalid`.',
    permission: 'simulations:read',
    params: IdParams,
    body: ValidateRunDto,
    answers: { 200: ValidationDto },
  })
  async validate(@Param() { id }: IdParams, @Body() body: ValidateRunDto): Promise<ValidationDto> {
    const { run, validation } = await this.service.validate(id, body);
    return validationDto(run, validation);
  }

  @Post(':id/validation/page')
  @Route({
    summary: 'The same as one page of HTML that needs nothing else.',
    permission: 'simulations:read',
    params: IdParams,
    body: ValidateRunDto,
    answers: { 200: PAGE, 206: PAGE, 304: null },
  })
  async page(
    @Param() { id }: IdParams,
    @Body() body: ValidateRunDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { run, validation } = await this.service.validate(id, body);
    const bytes = Buffer.from(renderValidation(run, validation));
    return sendDownload(
      downloadOf(bytes, `validation-${id}.html`, 'text/html; charset=utf-8'),
      request,
      reply,
    );
  }
}
