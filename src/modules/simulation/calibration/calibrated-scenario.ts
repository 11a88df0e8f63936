import { scenarioDigest } from '../scenarios/scenario.loader.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import { type ParameterName, withValues } from './parameters.js';

const TAG = 'calibrated';
/** What a name ends with that an earlier calibration gave. */
const GIVEN = /_calibrated_[\da-f]{8}$/u;
/** The longest name, title and description of a scenario, and its most tags. */
const [NAME_LENGTH, TITLE_LENGTH, DESCRIPTION_LENGTH, MOST_TAGS] = [64, 120, 2_000, 20];

/**
 * A scenario with calibrated values: another one than its origin, which its description names. Its `id` is that of the origin with
 * `_calibrated_` and eight digits of the digest of what it now says; the same values have the same name.
 * @param how it was calibrated, for its description
 */
export function calibratedScenario(
  origin: FeedScenario,
  values: ReadonlyMap<ParameterName, number>,
  how: string,
): FeedScenario {
  const scenario = withValues(origin, values);
  const ending = `_${TAG}_${scenarioDigest(scenario).slice(0, 8)}`;
  const from = `Calibrated from ${origin.id} ${origin.version}: ${how}.`;
  const tags = origin.tags ?? [];
  return {
    ...scenario,
    id: origin.id.replace(GIVEN, '').slice(0, NAME_LENGTH - ending.length) + ending,
    version: '1.0.0',
    title: shortened(origin.title, `, ${TAG}`, TITLE_LENGTH),
    description: shortened(origin.description, ` ${from}`, DESCRIPTION_LENGTH),
    tags: tags.includes(TAG) || tags.length >= MOST_TAGS ? tags : [...tags, TAG],
  };
}

/** A text and its ending, the text cut where both are too long, the ending there once. */
function shortened(text: string, ending: string, most: number): string {
  const own = text.trimEnd();
  if (own.endsWith(ending)) return own;
  return own.slice(0, most - ending.length) + ending;
}
