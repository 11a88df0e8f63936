import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnswerRepeated } from './idempotency.guard.js';

/** Sends a stored answer again. */
@Catch(AnswerRepeated)
export class AnswerRepeatedFilter implements ExceptionFilter<AnswerRepeated> {
  catch({ answer }: AnswerRepeated, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .status(answer.status)
      .headers({ ...answer.headers, 'idempotency-replayed': 'true' })
      .serializer((body: string) => body)
      .send(answer.body);
  }
}
