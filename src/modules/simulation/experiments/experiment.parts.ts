import type { PathIssue } from '../../../core/documents/index.js';
import { nearestName } from '../../../core/nearest-name.js';
import { armSchema, outcomeSchema, ticksSchema, type ArmChanges, type Outcome } from './experiment.schema.js';

/** A part of a list that can be read, with its place there. */
export interface Placed<T> {
  readonly place: number;
  readonly part: T;
}

/** What can be read of an experiment, whatever else is wrong with it. */
export interface ExperimentParts {
  readonly scenario: string | undefined;
  readonly population: string | undefined;
  readonly ticks: number | undefined;
  readonly arms: readonly Placed<{ readonly name: string; readonly changes: ArmChanges }>[];
  readonly outcomes: readonly Placed<Outcome>[];
}

/** @param content of a YAML text */
export function partsOf(content: unknown): ExperimentParts {
  return {
    scenario: textOf(fieldOf(content, 'scenario')),
    population: textOf(fieldOf(content, 'population')),
    ticks: ticksSchema.safeParse(fieldOf(content, 'ticks')).data,
    arms: readable(armSchema, fieldOf(content, 'arms')),
    outcomes: readable(outcomeSchema, fieldOf(content, 'outcomes')),
  };
}

/** Names that nothing has, and names that two things have. Parts of another form are passed over. @param content of a YAML text */
export function nameIssues(content: unknown): PathIssue[] {
  const issues: PathIssue[] = [];
  const arms = namesIn(content, 'arms', issues);
  const outcomes = namesIn(content, 'outcomes', issues);
  const control = textOf(fieldOf(content, 'control'));
  const treated = arms.filter((name) => name !== control);
  const known = (names: readonly string[], given: unknown, path: PropertyKey[]): void => {
    if (typeof given === 'string' && names.length > 0 && !names.includes(given))
      issues.push({
        path,
        message: `must be ${names.length > 1 ? 'one of ' : ''}${names.join(', ')}${meant(given, names)}`,
      });
  };
  known(arms, control, ['control']);
  const registration = fieldOf(content, 'preregistration');
  known(outcomes, fieldOf(registration, 'primary_outcome'), ['preregistration', 'primary_outcome']);
  for (const [place, hypothesis] of listOf(fieldOf(registration, 'hypotheses')).entries()) {
    const path = ['preregistration', 'hypotheses', place];
    known(treated, fieldOf(hypothesis, 'arm'), [...path, 'arm']);
    known(outcomes, fieldOf(hypothesis, 'outcome'), [...path, 'outcome']);
  }
  return issues;
}

function meant(given: string, names: readonly string[]): string {
  const near = nearestName(given, names);
  return near === undefined || names.length === 1 ? '' : `; did you mean ${near}?`;
}

function namesIn(content: unknown, field: 'arms' | 'outcomes', issues: PathIssue[]): string[] {
  const names: string[] = [];
  for (const [place, part] of listOf(fieldOf(content, field)).entries()) {
    const name = textOf(fieldOf(part, 'name'));
    if (name === undefined) continue;
    if (names.includes(name))
      issues.push({ path: [field, place, 'name'], message: `${name} is there already` });
    names.push(name);
  }
  return names;
}

function readable<T>(
  schema: { safeParse(part: unknown): { success: boolean; data?: T | undefined } },
  list: unknown,
): Placed<T>[] {
  return listOf(list).flatMap((each, place) => {
    const { success, data } = schema.safeParse(each);
    return success ? [{ place, part: data as T }] : [];
  });
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
