import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { BlobJanitor } from './blob-janitor.js';
import { BlobStore } from './blob-store.js';
import { openBlobStore } from './open-blob-store.js';

/** The one {@link BlobStore} of the process, and who looks after it. */
@Global()
@Module({
  providers: [
    {
      provide: BlobStore,
      inject: [CONFIG],
      useFactory: (config: Config) => openBlobStore(config),
    },
    BlobJanitor,
  ],
  exports: [BlobStore, BlobJanitor],
})
export class BlobsModule {}
