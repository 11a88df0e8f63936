import { Injectable } from '@nestjs/common';
import { declareDocumentEvents, DocumentEditing, DocumentEditor } from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import { TemplateLibrary } from '../../content/index.js';
import { SimulationError } from '../simulation.errors.js';
import { ScenarioLibrary } from './scenario-library.js';
import { checkScenario } from './scenario.check.js';
import type { ScenarioSummary } from './scenario.loader.js';
import type { Scenario } from './scenario.schema.js';

const EVENTS = declareDocumentEvents('scenario', 'scenarios:read');

/** Changes the scenarios of this installation. */
@Injectable()
export class ScenarioEditor extends DocumentEditor<Scenario, ScenarioSummary> {
  constructor(
    library: ScenarioLibrary,
    editing: DocumentEditing,
    private readonly templates: TemplateLibrary,
  ) {
    super(library, EVENTS, editing);
  }

  /** @throws SimulationError `scenario_invalid` where its population or its template cannot be had */
  protected override async inspect(scenario: Scenario): Promise<void> {
    await checkScenario(scenario);
    if (scenario.model === 'feedsim') return;
    try {
      await this.templates.get(scenario.content.template);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'not_found') throw error;
      const { message } = error;
      throw new SimulationError('invalid', 'scenario_invalid', message, [
        { field: 'content.template', message },
      ]);
    }
  }
}
