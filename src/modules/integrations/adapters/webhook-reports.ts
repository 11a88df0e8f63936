import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { WebhookValidator } from '../../../core/webhooks/index.js';
import { WEBHOOK_SOURCE } from '../publications.controller.js';

/** Says who signs what comes back about publications. */
@Injectable()
export class WebhookReports implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly validator: WebhookValidator,
  ) {}

  onModuleInit(): void {
    this.validator.register({
      name: WEBHOOK_SOURCE,
      secrets: () => this.config.webhook.incomingSecrets,
    });
  }
}
