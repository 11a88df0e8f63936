import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { ContentModule } from '../content/index.js';
import { CalibrationBuilder } from './calibration/calibration.builder.js';
import { RunKeepers } from './checkpoints/run-keepers.js';
import { RunTurns } from './deciders/run-turns.js';
import { ExperimentEnds } from './experiments/experiment.ends.js';
import { ExperimentStarter } from './experiments/experiment.starter.js';
import { RunBuilder } from './run.builder.js';
import { RunRecorder } from './run.recorder.js';
import { SimulationModule } from './simulation.module.js';
import { SimulationProcessor } from './simulation.processor.js';

@Module({
  imports: [SimulationModule, AgentsModule, ContentModule],
  providers: [
    RunRecorder,
    RunKeepers,
    RunTurns,
    RunBuilder,
    CalibrationBuilder,
    ExperimentStarter,
    ExperimentEnds,
    SimulationProcessor,
  ],
})
export class SimulationWorkerModule {}
