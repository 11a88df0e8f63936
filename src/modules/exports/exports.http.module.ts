import { Module } from '@nestjs/common';
import { ExportLinks } from './export-links.js';
import { ExportsController } from './exports.controller.js';
import { ExportsModule } from './exports.module.js';
import { PublicUrl } from './public-url.js';

@Module({ imports: [ExportsModule], controllers: [ExportsController], providers: [ExportLinks, PublicUrl] })
export class ExportsHttpModule {}
