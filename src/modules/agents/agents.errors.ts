import { AppError, type FieldIssue } from '../../core/errors/index.js';

/** The specification breaks a rule, or asks for what the data does not have; every issue names its field. */
export class InvalidSpecification extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const detail = issues.map((issue) => `${issue.field}: ${issue.message}`).join('; ');
    super('invalid', 'invalid_population_specification', `the population cannot be made: ${detail}`, issues);
  }
}

/** More agents than an answer may hold, and no word on what to do with them. */
export class PopulationTooLarge extends AppError {
  constructor(count: number, limit: number) {
    const message =
      `an answer shows at most ${limit} of these ${count} agents; give preview (--preview <n>) to see the first of ` +
      'them, persist (--persist) to store them all, or export (--export json, jsonl, csv or parquet) to get them all as a file';
    super('invalid', 'population_too_large', `count: ${message}`, [{ field: 'count', message }]);
  }
}

export class PopulationNotFound extends AppError {
  constructor(id: string) {
    super('not_found', 'population_not_found', `there is no population ${id}`);
  }
}

export class AgentNotFound extends AppError {
  constructor(id: string) {
    super('not_found', 'agent_not_found', `there is no persisted agent ${id}`);
  }
}

export class AgentStateNotFound extends AppError {
  constructor(id: string, version: number) {
    super('not_found', 'agent_state_not_found', `agent ${id} has no state of version ${version}`);
  }
}

/** The population was only exported. */
export class PopulationNotPersisted extends AppError {
  constructor(id: string) {
    super(
      'conflict',
      'population_not_persisted',
      `population ${id} was exported, not persisted; ask for the same specification with persist`,
    );
  }
}

export class ExportNotFound extends AppError {
  constructor(id: string, format: string) {
    super(
      'not_found',
      'export_not_found',
      `there is no ${format} export of population ${id}; ask for the same specification with export=${format}`,
    );
  }
}

/** Another model, or another prompt, would write than the one that the population is made from. */
export class ModelChanged extends AppError {
  constructor(model: string) {
    super(
      'conflict',
      'model_changed',
      `the model ${model} or its prompt has changed since the job was accepted; ask again`,
    );
  }
}

/** Two jobs wrote the same population; the texts of the first are the population's. */
export class WrittenMeanwhile extends AppError {
  constructor() {
    super('conflict', 'written_meanwhile', 'another job has written this population meanwhile; ask again');
  }
}

/** The job was accepted by another version of the generator, which would have made other agents. */
export class GeneratorChanged extends AppError {
  constructor() {
    super('conflict', 'generator_changed', 'the generator has changed since the job was accepted; ask again');
  }
}

export class PopulationNameTaken extends AppError {
  constructor(name: string) {
    const message = `${name} is the name of another population`;
    super('conflict', 'population_name_taken', `name: ${message}`, [{ field: 'name', message }]);
  }
}

/** Something is made from the population and would be left without it. */
export class PopulationInUse extends AppError {
  constructor(id: string, uses: readonly FieldIssue[], hint: string) {
    const needed = uses.map(({ field, message }) => `${field} (${message})`).join(' and ');
    super('conflict', 'population_in_use', `population ${id} is needed by ${needed}; ${hint}`, uses);
  }
}
