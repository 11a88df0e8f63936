import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { QueryTracing } from '../tracing/index.js';
import { AfterCommit } from './after-commit.js';
import { poolConfig, type DatabaseTarget } from './database-target.js';

/** Injection token of the process's {@link DatabaseTarget}. */
export const DATABASE_TARGET = Symbol('DATABASE_TARGET');

@Global()
@Module({})
export class DatabaseModule {
  static register(target: DatabaseTarget): DynamicModule {
    const { connectionString, ...extra } = poolConfig(target.application);
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: connectionString as string,
          extra: { ...extra, max: 10 },
          autoLoadEntities: true,
          synchronize: false,
          retryAttempts: 0,
        }),
      ],
      providers: [AfterCommit, QueryTracing, { provide: DATABASE_TARGET, useValue: target }],
      exports: [AfterCommit, DATABASE_TARGET],
    };
  }
}
