import { Module } from '@nestjs/common';
import { ReportsController } from './reports.controller.js';
import { RunsController } from './runs.controller.js';
import { ScenariosController } from './scenarios.controller.js';
import { SimulationController } from './simulation.controller.js';
import { SimulationModule } from './simulation.module.js';
import { ValidationController } from './validation/validation.controller.js';

@Module({
  imports: [SimulationModule],
  controllers: [
    SimulationController,
    ScenariosController,
    RunsController,
    ReportsController,
    ValidationController,
  ],
})
export class SimulationHttpModule {}
