import { Body, Controller, Headers, Post } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { EventsService } from '../../core/events/index.js';
import { Route, wire } from '../../core/http/index.js';
import { SignedWebhook } from '../../core/webhooks/index.js';
import { AdapterRegistry } from './adapters/adapter.registry.js';
import { publicationReported } from './adapters/adapter.events.js';

export const WEBHOOK_SOURCE = 'publications';

const ReportDto = wire(
  'PublicationReport',
  z
    .strictObject({
      type: z.enum(['post.published', 'post.removed', 'post.failed']),
      data: z.strictObject({
        id: z
          .string()
          .min(1)
          .max(200)
          .meta({
            description: 'The `webhook-id` of the message that published it.',
            examples: ['msg_1f0c'],
          }),
        reason: z
          .string()
          .max(1_000)
          .optional()
          .meta({ examples: ['the account was closed'] }),
      }),
    })
    .describe('What became of a publication, as the server of AZT3KNET_WEBHOOK_URL tells.'),
);
type ReportDto = z.infer<typeof ReportDto>;

/** Takes what the server that publications go to has to tell. */
@Controller('publications')
@Route.group('networks')
export class PublicationsController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly adapters: AdapterRegistry,
    private readonly events: EventsService,
  ) {}

  @Post('webhook')
  @SignedWebhook(WEBHOOK_SOURCE)
  @Route({
    summary: 'What became of publications, from the server of AZT3KNET_WEBHOOK_URL.',
    description:
      'Signed as Standard Webhooks with AZT3KNET_WEBHOOK_INCOMING_SECRETS; each message is accepted once.',
    permission: 'public',
    body: ReportDto,
    answers: { 204: null },
  })
  async report(@Body() body: ReportDto, @Headers('webhook-id') id = ''): Promise<void> {
    const adapter = this.adapters.get('webhook');
    const told = adapter.receive({ id, body });
    await this.dataSource.transaction((manager) =>
      this.events.emit(
        manager,
        ...told.map(({ type, remoteId, reason }) =>
          publicationReported({ adapter: adapter.name, what: type, remote_id: remoteId, reason }),
        ),
      ),
    );
  }
}
