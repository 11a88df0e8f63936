import type { ComposedAttribute, ComposedPersona } from './composition.js';
import type { Findings } from './findings.js';
import type { PopulationFile } from './population-file.schema.js';

/** What a file wants to be told of every agent. */
export function composePersona(
  { persona }: PopulationFile,
  attributes: readonly ComposedAttribute[],
  findings: Findings,
): ComposedPersona | null {
  if (persona === undefined) return null;
  const opinions = Object.entries(persona.opinions ?? {}).map(([topic, { mean, spread, by }]) => ({
    topic,
    mean,
    spread,
    by: Object.entries(by).map(([attribute, shifts]) => {
      const path = ['persona', 'opinions', topic, 'by', attribute];
      const levels = levelsOf(attributes, attribute, path, findings);
      for (const level of Object.keys(shifts))
        if (!levels.includes(level)) findings.add([...path, level], `is none of the levels of ${attribute}`);
      return { attribute, shifts: levels.map((level) => shifts[level] ?? 0) };
    }),
  }));
  const relationships = (persona.relationships ?? []).map(({ kind, each, share, within }, place) => {
    for (const [at, attribute] of within.entries())
      levelsOf(attributes, attribute, ['persona', 'relationships', place, 'within', at], findings);
    return { kind, each, share, within };
  });
  const kinds = relationships.map(({ kind }) => kind);
  const twice = kinds.findIndex((kind, place) => kinds.indexOf(kind) !== place);
  if (twice >= 0)
    findings.add(['persona', 'relationships', twice, 'kind'], `${kinds[twice] as string} is there already`);
  return { big_five: persona.big_five ?? null, opinions, relationships };
}

function levelsOf(
  attributes: readonly ComposedAttribute[],
  name: string,
  path: readonly PropertyKey[],
  findings: Findings,
): readonly string[] {
  const found = attributes.find((each) => each.name === name);
  if (found === undefined) findings.add(path, `${name} is no attribute of this file`);
  return found?.levels ?? [];
}
