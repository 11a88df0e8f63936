import { dotted } from '../../../core/documents/index.js';
import type { TemplateDocument } from './template.schema.js';

/** One difference between two versions of a template. */
export interface TemplateChange {
  /** Where it is, dotted: `languages.es.phrases.scene`. Of a list it is the list: its entries have no names. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  /** What was there; null where nothing was. */
  readonly from: unknown;
  /** What is there; null where nothing is. */
  readonly to: unknown;
}

/**
 * What changed from one version of a template to another: fields by their name, entries of a list by what they say. The
 * changes are in the order of the newer text, those that are gone at the end of their level. Linear in the two texts.
 */
export function diffTemplates(from: TemplateDocument, to: TemplateDocument): TemplateChange[] {
  return [...compare(from, to, [])];
}

function* compare(from: unknown, to: unknown, path: readonly string[]): Generator<TemplateChange> {
  if (isFields(from) && isFields(to)) {
    for (const name of Object.keys(to)) yield* compare(from[name], to[name], [...path, name]);
    for (const name of Object.keys(from))
      if (!(name in to)) yield* compare(from[name], undefined, [...path, name]);
  } else if (Array.isArray(from) && Array.isArray(to)) {
    yield* compareLists(from, to, dotted(path));
  } else if (canonical(from) !== canonical(to)) {
    const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    yield { path: dotted(path), change, from: from ?? null, to: to ?? null };
  }
}

function* compareLists(
  from: readonly unknown[],
  to: readonly unknown[],
  path: string,
): Generator<TemplateChange> {
  const left = new Map<string, number>();
  for (const entry of from) left.set(canonical(entry), (left.get(canonical(entry)) ?? 0) + 1);
  let same = from.length === to.length;
  for (const entry of to) {
    const count = left.get(canonical(entry)) ?? 0;
    if (count > 0) left.set(canonical(entry), count - 1);
    else {
      same = false;
      yield { path, change: 'added', from: null, to: entry };
    }
  }
  for (const entry of from) {
    const count = left.get(canonical(entry)) ?? 0;
    if (count === 0) continue;
    left.set(canonical(entry), count - 1);
    same = false;
    yield { path, change: 'removed', from: entry, to: null };
  }
  // The order decides what a seed draws.
  if (same && canonical(from) !== canonical(to)) yield { path, change: 'reordered', from, to };
}

function canonical(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
