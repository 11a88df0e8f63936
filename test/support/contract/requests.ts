import * as fc from 'fast-check';
import type { Parameter, Route } from './document.js';
import { hostile, type Values } from './values.js';

/** Stands for the tag that the resource has when the request is sent. */
export const CURRENT_ETAG = '<current>';

/** Who sends a request: an administrator, somebody without permission to change anything, or nobody. */
export type Sender = 'admin' | 'viewer' | 'nobody' | 'forger';

export interface GeneratedRequest {
  sender: Sender;
  url: string;
  headers: Record<string, string>;
  /** As it goes over the wire; undefined for no body. */
  body: string | undefined;
}

/** Requests to a route, from its description alone: most of them right, or wrong in one place. */
export function requestsTo(route: Route, values: Values): fc.Arbitrary<GeneratedRequest> {
  return fc.record({
    sender: fc.oneof(
      { weight: 17, arbitrary: fc.constant<Sender>('admin') },
      { weight: 2, arbitrary: fc.constant<Sender>('viewer') },
      { weight: 2, arbitrary: fc.constantFrom<Sender>('nobody', 'forger') },
    ),
    url: urlOf(route, values),
    headers: headersOf(route),
    body: bodyOf(route, values),
  });
}

const MALFORMED = ['', '{', '{"a":1,}', 'null', '\u0000', '{"__proto__":{"x":1}}', '['.repeat(100_000)];
const DEEP = `{"seed":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
const KEYS = ['__proto__', 'constructor', 'toString', 'x', 'x'.repeat(500), '\u0000'];

function bodyOf({ method, requestBody }: Route, values: Values): fc.Arbitrary<string | undefined> {
  if (method === 'GET') return fc.constant(undefined);
  const schema = requestBody?.content['application/json']?.schema;
  if (schema === undefined) {
    return fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('{}', '[]', '{"a":1}') },
    );
  }
  const right = values.object(schema, (each, name) => values.valid(each, name));
  const nearly = values.object(schema, (each, name) => values.any(each, name));
  const strange = fc
    .tuple(right, fc.constantFrom(...KEYS), hostile)
    .map(([body, key, value]) => Object.fromEntries([...Object.entries(body), [key, value]]));
  return fc.oneof(
    { weight: 10, arbitrary: right.map((body) => JSON.stringify(body)) },
    { weight: 6, arbitrary: nearly.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: strange.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.jsonValue().map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.constantFrom(...MALFORMED, DEEP) },
  );
}

/** One of some texts, `weight` times out of ten. */
function sometimes(weight: number, ...choices: string[]): fc.Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 10 - weight, arbitrary: fc.constant(undefined) },
    { weight, arbitrary: fc.constantFrom(...choices) },
  );
}

function headersOf({ method, parameters = [] }: Route): fc.Arbitrary<Record<string, string>> {
  const type = fc.oneof(
    { weight: 30, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/xml', 'nonsense', 'multipart/form-data'),
    },
  );
  const named = (name: string): boolean =>
    parameters.some((each) => each.in === 'header' && each.name === name);
  const nothing = fc.constant(undefined);
  return fc
    .record({
      'content-type': method === 'GET' ? nothing : type,
      'if-match': named('If-Match')
        ? sometimes(8, CURRENT_ETAG, CURRENT_ETAG, '*', '"stale"', 'no tag', `"x", ${CURRENT_ETAG}`)
        : nothing,
      'idempotency-key': named('Idempotency-Key')
        ? sometimes(1, 'a', 'b', 'c'.repeat(255), 'd'.repeat(256), '')
        : nothing,
      accept: sometimes(1, 'application/json', 'text/html', '*/*', 'image/png', 'text/html;q=0, */*'),
    })
    .map((headers) =>
      Object.fromEntries(
        Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined),
      ),
    );
}

const RAW = ['%ZZ', '%', '%00', '%c0%ae', '%2e%2e%2f', 'a'.repeat(300), '%0d%0aX-Injected:1'];

/** As text in a URL: mostly encoded, sometimes raw. */
function encoded({ name, schema }: Parameter, values: Values): fc.Arbitrary<string> {
  const text = values.any(schema, name).map((value) => {
    const whole = Array.isArray(value)
      ? value.map(String).join(',')
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
    return encodeURIComponent(whole.toWellFormed().slice(0, 2_000));
  });
  return fc.oneof({ weight: 20, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(...RAW) });
}

function urlOf({ path, parameters = [] }: Route, values: Values): fc.Arbitrary<string> {
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const steps = fc.tuple(...inPath.map((each) => encoded(each, values)));
  const pairOf = (each: Parameter): fc.Arbitrary<readonly [name: string, value: string]> =>
    encoded(each, values).map((value) => [each.name, value] as const);
  const needed = inQuery.filter(({ required }) => required === true).map(pairOf);
  const optional = inQuery.filter(({ required }) => required !== true).map(pairOf);
  const known = fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: fc.tuple(...needed) }, { weight: 1, arbitrary: fc.constant([]) }),
      optional.length === 0
        ? fc.constant([])
        : fc.uniqueArray(fc.oneof(...optional), { selector: ([name]) => name, maxLength: 3 }),
    )
    .map((parts) => parts.flat().map(([name, value]) => `${name}=${value}`));
  const strange = fc.constantFrom(
    'x=1',
    '__proto__=1',
    'limit[]=1',
    'toString=',
    '=',
    '&&',
    'limit=1&limit=2',
  );
  const query = fc
    .tuple(
      known,
      fc.oneof({ weight: 19, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(strange) }),
    )
    .map(([asked, other]) => [...asked, ...other]);
  return fc.tuple(steps, query).map(([filled, asked]) => {
    const url = inPath.reduce(
      (whole, { name }, i) => whole.replace(`{${name}}`, () => filled[i] ?? ''),
      path,
    );
    return asked.length === 0 ? url : `${url}?${asked.join('&')}`;
  });
}
