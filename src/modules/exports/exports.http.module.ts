import { Module } from '@nestjs/common';
import { ExportLinks } from './export-links.js';
import { ExportsController } from './exports.controller.js';
import { ExportsModule } from './exports.module.js';

@Module({ imports: [ExportsModule], controllers: [ExportsController], providers: [ExportLinks] })
export class ExportsHttpModule {}
