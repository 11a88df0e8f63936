import { Module } from '@nestjs/common';
import { ContentController } from './content.controller.js';
import { DraftExportsController } from './draft-exports.controller.js';
import { ContentModule } from './content.module.js';

@Module({ imports: [ContentModule], controllers: [ContentController, DraftExportsController] })
export class ContentHttpModule {}
