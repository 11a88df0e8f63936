import { Module } from '@nestjs/common';
import { RunsController } from './runs.controller.js';
import { ScenariosController } from './scenarios.controller.js';
import { SimulationController } from './simulation.controller.js';
import { SimulationModule } from './simulation.module.js';

@Module({
  imports: [SimulationModule],
  controllers: [SimulationController, ScenariosController, RunsController],
})
export class SimulationHttpModule {}
