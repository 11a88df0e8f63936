import { Module } from '@nestjs/common';
import { ContentController } from './content.controller.js';
import { ContentModule } from './content.module.js';
import { TemplatesController } from './templates.controller.js';

@Module({ imports: [ContentModule], controllers: [ContentController, TemplatesController] })
export class ContentHttpModule {}
