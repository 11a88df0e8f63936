import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { PROJECT_ROOT } from '../../../core/project.js';
import { loadScenario, scenarioIds } from './scenario.loader.js';
import type { Scenario } from './scenario.schema.js';

/** The scenarios of this installation. A file is read whenever it is asked for, so an edit counts at once. */
@Injectable()
export class ScenarioLibrary {
  private readonly folder = join(PROJECT_ROOT, 'scenarios');

  /** Every scenario, by id. @throws DocumentError where a file is not valid */
  list(): Scenario[] {
    return scenarioIds(this.folder).map((id) => this.get(id));
  }

  /** @throws SimulationError `scenario_not_found`; DocumentError where the file is not valid */
  get(id: string): Scenario {
    return loadScenario(this.folder, id);
  }
}
