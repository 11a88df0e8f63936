import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WebhookReceipt } from './webhook-receipt.entity.js';
import { WebhookGuard } from './webhook.guard.js';
import { WebhookValidator } from './webhook-validator.js';

/** Messages of others, signed as Standard Webhooks says. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([WebhookReceipt])],
  providers: [WebhookValidator, WebhookGuard],
  exports: [WebhookValidator, WebhookGuard],
})
export class WebhooksModule {}
