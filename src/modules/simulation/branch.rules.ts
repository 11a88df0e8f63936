import { z } from 'zod';
import { dotted, readPart } from '../../core/documents/index.js';
import type { FieldIssue } from '../../core/errors/index.js';
import { mergePatch } from './merge-patch.js';
import { feedScenarioSchema, type FeedScenario } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';

const block = z.record(z.string(), z.unknown());

/** What a branch may do in another way than the run that it parts from: fields as a scenario has them. */
export const branchChangesSchema = z.strictObject({
  feed: block.optional(),
  behaviour: block.optional(),
  interventions: z.array(block).max(50).optional(),
});
export type BranchChanges = z.infer<typeof branchChangesSchema>;

/**
 * The scenario of a branch: objects of the changes are merged into those of the run's scenario, anything else takes the place of what is
 * there (JSON Merge Patch, RFC 7396). What interventions draw depends on their places, so those of the run stay where they are.
 * @param tick from which the changes hold; interventions that are added begin then unless they say later
 * @throws SimulationError `scenario_invalid` naming the fields below `changes`
 */
export function branchDefinition(base: FeedScenario, changes: BranchChanges, tick: number): FeedScenario {
  const added = changes.interventions?.map((each, place) =>
    place < base.interventions.length || each['start'] !== undefined ? each : { ...each, start: tick },
  );
  const patch = { ...changes, ...(added !== undefined && { interventions: added }) };
  const read = readPart(feedScenarioSchema, mergePatch(base, patch));
  if ('issues' in read) {
    throw invalid(read.issues.map(({ path, message }) => ({ field: `changes.${dotted(path)}`, message })));
  }
  const issues = interventionIssues(base, read.value, tick);
  if (issues.length > 0) throw invalid(issues);
  return read.value;
}

function interventionIssues(base: FeedScenario, branch: FeedScenario, tick: number): FieldIssue[] {
  const issues: FieldIssue[] = [];
  for (const [place, { kind }] of base.interventions.entries()) {
    if (branch.interventions[place]?.kind === kind) continue;
    const message = `is the ${kind} that the run has there; those of the run come first and may be changed, others come behind them`;
    issues.push({ field: `changes.interventions[${place}]`, message });
  }
  for (const [place, { kind, start }] of branch.interventions.entries()) {
    if (place < base.interventions.length) continue;
    const field = `changes.interventions[${place}]`;
    if (start < tick) issues.push({ field: `${field}.start`, message: `is tick ${tick} or later` });
    if (kind === 'moderation' && !base.interventions.some((each) => each.kind === kind)) {
      const message = 'cannot begin in a branch: moderation changes which drafts are posted from the start';
      issues.push({ field: `${field}.kind`, message });
    }
  }
  return issues;
}

function invalid(issues: readonly FieldIssue[]): SimulationError {
  const message = issues.map((issue) => `${issue.field}: ${issue.message}`).join('\n');
  return new SimulationError('invalid', 'scenario_invalid', message, issues);
}
