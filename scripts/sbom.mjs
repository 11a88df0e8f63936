// Prints the bill of materials (CycloneDX 1.5, JSON) of what the product is installed with, from package-lock.json alone:
// the same lockfile gives the same bytes on every machine, and a difference is a difference of packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const npm = spawnSync(
  'npm',
  ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'],
  {
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  },
);
if (npm.status !== 0) {
  process.stderr.write(`${npm.stderr ?? ''}${npm.error?.message ?? ''}\n`);
  process.exit(1);
}

// What npm marks as a tool, or leaves out with --omit=dev, the product may need too; the lockfile knows.
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const refOf = ([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`;
const locked = Object.entries(packages);
const neededRefs = new Set(locked.filter(([, { dev }]) => dev !== true).map(refOf));
const toolRefs = new Set(locked.map(refOf).filter((ref) => !neededRefs.has(ref)));
const unmarked = ({ properties, ...part }) => ({
  ...part,
  properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
});
const byRef = (one, other) => (one < other ? -1 : Number(one > other));
const { serialNumber: _random, metadata, components, dependencies, ...rest } = JSON.parse(npm.stdout);
const product = components.filter((part) => !toolRefs.has(part['bom-ref'])).map(unmarked);
const refs = new Set([metadata.component['bom-ref'], ...product.map((part) => part['bom-ref'])]);
const { timestamp: _now, tools: _installed, component, ...about } = metadata;
const bill = {
  ...rest,
  // npm calls the product by the folder that it is in.
  metadata: { ...about, component: { ...component, name: component['bom-ref'].replace(/@[^@]*$/, '') } },
  components: product.toSorted((one, other) => byRef(one['bom-ref'], other['bom-ref'])),
  dependencies: dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn: dependsOn.filter((other) => refs.has(other)).toSorted(byRef),
    }))
    .toSorted((one, other) => byRef(one.ref, other.ref)),
};
// A bill has a number of its own; this one follows from its content, in the form of a UUID (version 8, RFC 9562).
const hex = createHash('sha256').update(JSON.stringify(bill)).digest('hex');
const uuid = [
  hex.slice(0, 8),
  hex.slice(8, 12),
  `8${hex.slice(13, 16)}`,
  `8${hex.slice(17, 20)}`,
  hex.slice(20, 32),
];
const { $schema, bomFormat, specVersion, ...parts } = bill;
const document = { $schema, bomFormat, specVersion, serialNumber: `urn:uuid:${uuid.join('-')}`, ...parts };
process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
