import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type AfterQueryEvent, type EntitySubscriberInterface } from 'typeorm';
import { tracing } from './tracing.js';

const LONGEST_TEXT = 500;

/** Gives every query of a request or a job a span; those of the process itself, such as sweeps, have none. */
@Injectable()
export class QueryTracing implements EntitySubscriberInterface {
  constructor(@InjectDataSource() dataSource: DataSource) {
    if (tracing() !== undefined) dataSource.subscribers.push(this);
  }

  afterQuery({ query, success, executionTime = 0, error }: AfterQueryEvent): void {
    const on = tracing();
    if (on?.api.trace.getActiveSpan() === undefined) return;
    const now = Date.now();
    const operation = /\w+/.exec(query)?.[0].toUpperCase() ?? 'QUERY';
    const span = on.tracer.startSpan(operation, {
      kind: on.api.SpanKind.CLIENT,
      startTime: now - executionTime,
      attributes: {
        'db.system.name': 'postgresql',
        'db.operation.name': operation,
        // Values are parameters, which are not in it.
        'db.query.text': query.slice(0, LONGEST_TEXT),
      },
    });
    if (!success) span.setStatus({ code: on.api.SpanStatusCode.ERROR, message: String(error) });
    span.end(now);
  }
}
