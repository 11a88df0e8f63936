import { Module } from '@nestjs/common';
import { HealingModule } from './healing.module.js';
import { IncidentsController, PlaybooksController } from './incidents.controller.js';

@Module({ imports: [HealingModule], controllers: [IncidentsController, PlaybooksController] })
export class HealingHttpModule {}
