import { Module } from '@nestjs/common';
import { ContentController } from './content.controller.js';
import { ContentModule } from './content.module.js';

@Module({ imports: [ContentModule], controllers: [ContentController] })
export class ContentHttpModule {}
