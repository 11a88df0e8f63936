import { Inject, Injectable } from '@nestjs/common';
import type { Permission } from '../../../core/http/index.js';
import type { WorkflowDefinition } from './workflow.definition.js';
import type { WorkflowName } from './workflow.rules.js';

/** The workflows of this product. */
export const WORKFLOWS = Symbol('workflow definitions');

/** Finds workflows by their names. */
@Injectable()
export class WorkflowRegistry {
  private readonly definitions: ReadonlyMap<string, WorkflowDefinition>;

  constructor(@Inject(WORKFLOWS) definitions: readonly WorkflowDefinition[]) {
    this.definitions = new Map(definitions.map((each) => [each.name, each]));
  }

  get(name: WorkflowName): WorkflowDefinition {
    const definition = this.definitions.get(name);
    if (definition === undefined) throw new Error(`no workflow ${name}`);
    return definition;
  }

  /** What of all that a workflow does somebody may not do; undefined where it is nothing. */
  missing(name: WorkflowName, input: object, held: ReadonlySet<Permission>): Permission | undefined {
    const definition = this.get(name);
    const needs = [...definition.needs, ...(definition.needsFor?.(input) ?? [])];
    return needs.find((each) => !held.has(each));
  }
}
