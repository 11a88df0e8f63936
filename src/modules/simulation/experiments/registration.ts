import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import {
  DocumentError,
  documentErrorAt,
  parseYamlDocument,
  readPart,
  type PathIssue,
} from '../../../core/documents/index.js';
import { mergePatch } from '../merge-patch.js';
import { scenarioIssues } from '../scenarios/scenario.check.js';
import { scenarioDigest } from '../scenarios/scenario.loader.js';
import { feedScenarioSchema, type FeedScenario, type Scenario } from '../scenarios/scenario.schema.js';
import { ENGINE_VERSION } from '../simulation.rules.js';
import { unmeasured } from './unmeasured.js';
import { nameIssues, partsOf, type ExperimentParts } from './experiment.parts.js';
import { experimentSchema, type ExperimentFile } from './experiment.schema.js';

/** An arm with the scenario that its runs go by. */
export interface ResolvedArm {
  readonly name: string;
  readonly definition: FeedScenario;
  /** SHA-256 of the scenario’s meaning. */
  readonly digest: string;
}

/** What is settled about an experiment before its first run. */
export interface Registration {
  readonly file: ExperimentFile;
  readonly arms: readonly ResolvedArm[];
  readonly ticks: number;
  /** SHA-256 of the canonical form (RFC 8785) of the file, its arms and the version of the engine: the experiment’s identity. */
  readonly digest: string;
  /** SHA-256 of the canonical form of the pre-registration alone. */
  readonly preregistration_sha256: string;
}

/** An experiment as its text has it. */
export interface ReadExperiment {
  /** Nothing where it breaks its schema; `refused` says how. */
  readonly file: ExperimentFile | undefined;
  readonly refused: DocumentError | undefined;
  /** What can be read of it in any case. */
  readonly parts: ExperimentParts;
}

/** Reads an experiment from YAML text, and what is right of one that is wrong. @throws DocumentError for what is no YAML */
export function readExperiment(text: string, source: string): ReadExperiment {
  const content = parseYamlDocument(text, source, z.unknown());
  const names = nameIssues(content);
  const wrong = names.length === 0 ? undefined : documentErrorAt(text, source, names);
  const parts = partsOf(content);
  try {
    const file = parseYamlDocument(text, source, experimentSchema);
    return wrong === undefined
      ? { file, refused: undefined, parts }
      : { file: undefined, refused: wrong, parts };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { file: undefined, refused: together(source, [error, wrong]), parts };
  }
}

/** Reads an experiment from YAML text. @throws DocumentError naming every wrong line */
export function parseExperiment(text: string, source: string): ExperimentFile {
  const { file, refused } = readExperiment(text, source);
  if (file === undefined) throw refused as DocumentError;
  return file;
}

/** Everything that several errors say of a text, in the order of its lines, each thing once. */
export function together(source: string, errors: readonly (DocumentError | undefined)[]): DocumentError {
  const places = errors
    .flatMap((error) => error?.places ?? [])
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const said = (at: number): string => JSON.stringify(places[at]);
  return new DocumentError(
    source,
    places.filter((_, at) => at === 0 || said(at) !== said(at - 1)),
  );
}

/** The arms of an experiment on its scenario, and what is wrong with them. */
export interface ArmsOnScenario {
  readonly arms: readonly ResolvedArm[];
  readonly issues: readonly PathIssue[];
}

/** Works out the arms of an experiment on its scenario, as far as they can be read. */
export async function resolveArms(parts: ExperimentParts, base: Scenario): Promise<ArmsOnScenario> {
  if (base.model === 'feedsim') {
    const message = 'is a scenario of the model feed; feedsim has no outcomes';
    return { arms: [], issues: [{ path: ['scenario'], message }] };
  }
  const issues: PathIssue[] = [];
  const arms: (ResolvedArm & { readonly place: number })[] = [];
  for (const { place, part } of parts.arms) {
    const path = ['arms', place, 'changes'];
    const read = readPart(feedScenarioSchema, mergePatch(base, part.changes));
    if ('issues' in read) {
      issues.push(...read.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
      continue;
    }
    issues.push(...(await unusable(read.value, path)));
    arms.push({ place, name: part.name, definition: read.value, digest: scenarioDigest(read.value) });
  }
  issues.push(
    ...sameArms(arms),
    ...lateOutcomes(parts, parts.ticks ?? base.ticks),
    ...unmeasured(parts, arms),
  );
  return { arms: arms.map(({ name, definition, digest }) => ({ name, definition, digest })), issues };
}

/** What is settled about an experiment whose arms are whole. */
export function registrationOf(
  file: ExperimentFile,
  base: Scenario,
  arms: readonly ResolvedArm[],
): Registration {
  return {
    file,
    arms,
    ticks: file.ticks ?? base.ticks,
    digest: digestOf({ engine: ENGINE_VERSION, file, arms: arms.map(({ digest }) => digest) }),
    preregistration_sha256: digestOf(file.preregistration),
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
}

async function unusable(scenario: FeedScenario, path: readonly PropertyKey[]): Promise<PathIssue[]> {
  if (scenario.graph.model === 'imported') {
    return [
      {
        path: [...path, 'graph', 'model'],
        message: 'is one that is made; an imported network comes with each run',
      },
    ];
  }
  const issues = await scenarioIssues(scenario);
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** Arms that do the same differ by nothing: whoever wrote them meant something else. */
function sameArms(arms: readonly (ResolvedArm & { readonly place: number })[]): PathIssue[] {
  return arms.flatMap(({ name, digest, place }, at) => {
    const twin = arms.slice(0, at).find((other) => other.digest === digest);
    if (twin === undefined) return [];
    return [{ path: ['arms', place, 'changes'], message: `makes ${name} the same as ${twin.name}` }];
  });
}

function lateOutcomes({ outcomes }: ExperimentParts, ticks: number): PathIssue[] {
  return outcomes.flatMap(({ part: outcome, place }) =>
    outcome.at === 'ticks' && outcome.from >= ticks
      ? [
          {
            path: ['outcomes', place, 'from'],
            message: `is before the end of the run, which has ${ticks} ticks`,
          },
        ]
      : [],
  );
}
