import { Module } from '@nestjs/common';
import { ContentModule } from './content.module.js';
import { ContentProcessor } from './content.processor.js';

@Module({ imports: [ContentModule], providers: [ContentProcessor] })
export class ContentWorkerModule {}
