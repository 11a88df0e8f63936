// Prints how well personal data is found in labelled texts: `npm run eval:pii -- --data DIR`, where DIR holds
// presidio_synth_v2.json or, with `--file`, another file of that form (microsoft/presidio-research).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPii } from '../dist/src/modules/compliance/pii/index.js';

/** The labels of the data that our kinds stand for. */
const LABELS = {
  email: 'EMAIL_ADDRESS',
  phone: 'PHONE_NUMBER',
  iban: 'IBAN_CODE',
  card: 'CREDIT_CARD',
  ip: 'IP_ADDRESS',
  us_ssn: 'US_SSN',
  us_driver_license: 'US_DRIVER_LICENSE',
  postal_code: 'ZIP_CODE',
  date_of_birth: 'DATE_TIME',
  address: 'STREET_ADDRESS',
  name: 'PERSON',
};

const STRUCTURED = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'IBAN_CODE',
  'CREDIT_CARD',
  'IP_ADDRESS',
  'US_SSN',
  'US_DRIVER_LICENSE',
];

/**
 * The sets of labels over which a micro-average is taken. Beside the structured ones: postal codes, which are found only
 * where a word names them, and every date and web address, most of which are nobody's data and are not looked for.
 */
const GROUPS = {
  structured: STRUCTURED,
  'structured and ZIP_CODE': [...STRUCTURED, 'ZIP_CODE'],
  'structured, ZIP_CODE, DATE_TIME, DOMAIN_NAME': [...STRUCTURED, 'ZIP_CODE', 'DATE_TIME', 'DOMAIN_NAME'],
};

const isSame = (one, other) => one.start === other.start && one.end === other.end;
const overlaps = (one, other) => one.start < other.end && other.start < one.end;

/** Spans of a sample, in UTF-16 offsets; the data counts code points. */
function labelledSpans({ full_text: text, spans }) {
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  return spans.map(({ entity_type: label, start_position, end_position }) => ({
    label,
    start: units[start_position],
    end: units[end_position],
  }));
}

/** Kinds without a label in the data count as the label `other`, so that finding one is a mistake. */
function foundSpans({ full_text: text }) {
  return findPii(text).map(({ kind, start, end }) => ({ label: LABELS[kind] ?? 'other', start, end, kind }));
}

/** True positives, false positives and false negatives of one label, where `matches` says which spans are one. */
function count(samples, label, matches) {
  const counts = { tp: 0, fp: 0, fn: 0 };
  for (const { expected, found } of samples) {
    const open = expected.filter((span) => span.label === label);
    for (const span of found) {
      if (span.label !== label) continue;
      const place = open.findIndex((each) => matches(each, span));
      if (place < 0) counts.fp += 1;
      else {
        counts.tp += 1;
        open.splice(place, 1);
      }
    }
    counts.fn += open.length;
  }
  return counts;
}

function figures(counts) {
  const tp = counts.reduce((sum, each) => sum + each.tp, 0);
  const fp = counts.reduce((sum, each) => sum + each.fp, 0);
  const fn = counts.reduce((sum, each) => sum + each.fn, 0);
  return {
    precision: tp + fp === 0 ? 1 : tp / (tp + fp),
    recall: tp + fn === 0 ? 1 : tp / (tp + fn),
    f1: tp + fp + fn === 0 ? 1 : (2 * tp) / (2 * tp + fp + fn),
    labelled: tp + fn,
  };
}

/**
 * Precision, recall and F1 of each label and of each group of labels, by exact span and by overlap.
 * @param {string} dataFile a JSON array of samples with `full_text` and `spans`
 */
export function evaluatePii(dataFile) {
  const samples = JSON.parse(readFileSync(dataFile, 'utf8')).map((sample) => ({
    text: sample.full_text,
    expected: labelledSpans(sample),
    found: foundSpans(sample),
  }));
  const rows = [];
  const add = (name, labels) => {
    const [exact, overlap] = [isSame, overlaps].map((matches) =>
      figures(labels.map((label) => count(samples, label, matches))),
    );
    if (overlap.labelled > 0) rows.push({ name, labelled: overlap.labelled, exact, overlap });
  };
  for (const label of new Set([...Object.values(LABELS), 'DOMAIN_NAME'])) add(label, [label]);
  for (const [name, labels] of Object.entries(GROUPS)) add(`micro: ${name}`, labels);
  return { rows, samples };
}

const write = (line) => process.stdout.write(`${line}\n`);
const percent = (share) => `${(share * 100).toFixed(1)} %`.padStart(8);

function printRows(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  write(`${''.padEnd(width)}  spans | exact: prec.   recall      F1 | overlap: p.   recall      F1`);
  for (const { name, labelled, exact, overlap } of rows) {
    const cells = [exact, overlap].map(
      ({ precision, recall, f1 }) => `${percent(precision)} ${percent(recall)} ${percent(f1)}`,
    );
    write(`${name.padEnd(width)}  ${String(labelled).padStart(5)} | ${cells.join(' | ')}`);
  }
}

/** With `--misses LABEL`: what was missed and what was found wrongly, in its surroundings. */
function printMisses(samples, label) {
  for (const { text, expected, found } of samples) {
    const around = ({ start, end }) =>
      JSON.stringify(
        `${text.slice(Math.max(0, start - 40), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 20)}`,
      );
    const ours = found.filter((span) => span.label === label);
    const theirs = expected.filter((span) => span.label === label);
    for (const span of theirs) {
      if (!ours.some((each) => isSame(each, span))) write(`missed ${around(span)}`);
    }
    for (const span of ours) {
      if (!theirs.some((each) => isSame(each, span))) write(`wrong  ${around(span)}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, file: { type: 'string' }, misses: { type: 'string' } },
  });
  const file =
    values.file ?? (values.data === undefined ? undefined : join(values.data, 'presidio_synth_v2.json'));
  if (file === undefined) {
    process.stderr.write('Say where the data is: npm run eval:pii -- --data DIR, or --file FILE\n');
    process.exitCode = 2;
  } else {
    const { rows, samples } = evaluatePii(file);
    printRows(rows);
    if (values.misses !== undefined) printMisses(samples, values.misses);
  }
}
