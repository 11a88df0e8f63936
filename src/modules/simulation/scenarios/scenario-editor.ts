import { Injectable } from '@nestjs/common';
import {
  declareDocumentEvents,
  documentErrorAt,
  DocumentEditing,
  DocumentEditor,
  type PathIssue,
} from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import { TemplateLibrary } from '../../content/index.js';
import { ScenarioLibrary } from './scenario-library.js';
import { scenarioIssues } from './scenario.check.js';
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

  /** @throws DocumentError with the lines of a population, a network or a template that cannot be had */
  protected override async inspect(scenario: Scenario, content: string, source: string): Promise<void> {
    const issues = [...(await scenarioIssues(scenario)), ...(await this.templateIssues(scenario))];
    if (issues.length > 0) throw documentErrorAt(content, source, issues);
  }

  private async templateIssues(scenario: Scenario): Promise<PathIssue[]> {
    if (scenario.model === 'feedsim') return [];
    try {
      await this.templates.get(scenario.content.template);
      return [];
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'not_found') throw error;
      return [{ path: ['content', 'template'], message: error.message }];
    }
  }
}
