import { Module } from '@nestjs/common';
import { CalibrationController } from './calibration/calibration.controller.js';
import { DecisionsController } from './decisions.controller.js';
import { ExperimentsController } from './experiments/experiments.controller.js';
import { ReportsController } from './reports.controller.js';
import { RunControlController } from './run-control.controller.js';
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
    RunControlController,
    DecisionsController,
    ReportsController,
    ValidationController,
    CalibrationController,
    ExperimentsController,
  ],
})
export class SimulationHttpModule {}
