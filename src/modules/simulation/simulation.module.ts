import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/index.js';
import { ComplianceModule } from '../compliance/index.js';
import { ContentModule } from '../content/index.js';
import { JobsModule } from '../jobs/index.js';
import { BranchPoints } from './checkpoints/branch-points.js';
import { CheckpointsRepository } from './checkpoints/checkpoints.repository.js';
import { RunCheckpoint } from './checkpoints/run-checkpoint.entity.js';
import { RunCheckpoints } from './checkpoints/run-checkpoints.js';
import { RunComparison } from './comparison/run.comparison.js';
import { CalibrationService } from './calibration/calibration.service.js';
import { DecidersCheck } from './deciders/deciders-check.js';
import { ModelDeciders } from './deciders/model-deciders.js';
import { RecordedLogs } from './deciders/recorded-log.js';
import { RunTurn } from './deciders/run-turn.entity.js';
import { TurnsRepository } from './deciders/turns.repository.js';
import { TurnsService } from './deciders/turns.service.js';
import { Experiment, ExperimentDeletion, ExperimentRun } from './experiments/experiment.entity.js';
import { ExperimentResultsService } from './experiments/experiment-results.js';
import { ExperimentReader } from './experiments/experiment.reader.js';
import { ExperimentRemoval } from './experiments/experiment.removal.js';
import { ExperimentTables } from './experiments/experiment-tables.js';
import { ExperimentsRepository } from './experiments/experiments.repository.js';
import { ExperimentsService } from './experiments/experiments.service.js';
import { RunNetworks } from './graphs/run-networks.js';
import { PopulationRuns } from './population-runs.js';
import { RunFileRecord } from './run-file.entity.js';
import { RunTick } from './run-tick.entity.js';
import { RunAcceptance } from './run-acceptance.js';
import { RunBranching } from './run-branching.js';
import { RunControl } from './run-control.js';
import { RunDecision } from './run.decision.js';
import { Run } from './run.entity.js';
import { RunHistory } from './run.history.js';
import { RunInputs } from './run.inputs.js';
import { RunRemoval } from './run.removal.js';
import { RunSources } from './run.sources.js';
import { RunStore } from './run.store.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { ScenarioEditor } from './scenarios/scenario-editor.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import { SimulationService } from './simulation.service.js';
import { ValidationService } from './validation/validation.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Run,
      RunTick,
      RunFileRecord,
      RunCheckpoint,
      RunTurn,
      Experiment,
      ExperimentRun,
      ExperimentDeletion,
    ]),
    JobsModule,
    AgentsModule,
    ContentModule,
    ComplianceModule,
  ],
  providers: [
    ScenarioLibrary,
    ScenarioEditor,
    RunsRepository,
    CheckpointsRepository,
    RunCheckpoints,
    BranchPoints,
    RunStore,
    RunDecision,
    RunAcceptance,
    RunSources,
    RunNetworks,
    RunRemoval,
    RunHistory,
    RecordedLogs,
    TurnsRepository,
    TurnsService,
    ModelDeciders,
    DecidersCheck,
    RunInputs,
    PopulationRuns,
    SimulationService,
    RunsService,
    RunControl,
    RunBranching,
    RunComparison,
    ValidationService,
    CalibrationService,
    ExperimentsRepository,
    ExperimentReader,
    ExperimentsService,
    ExperimentRemoval,
    ExperimentResultsService,
    ExperimentTables,
  ],
  exports: [
    ScenarioLibrary,
    ScenarioEditor,
    RunsRepository,
    TurnsRepository,
    TurnsService,
    ModelDeciders,
    RunCheckpoints,
    RunStore,
    RunNetworks,
    RunRemoval,
    RunHistory,
    RunInputs,
    SimulationService,
    RunsService,
    RunControl,
    RunBranching,
    RunComparison,
    ValidationService,
    CalibrationService,
    RunAcceptance,
    RunSources,
    ExperimentsRepository,
    ExperimentsService,
    ExperimentRemoval,
    ExperimentResultsService,
    ExperimentTables,
  ],
})
export class SimulationModule {}
