import * as fc from 'fast-check';
import type { Parameter, Route } from './document.js';
import { SENDERS, type Sender } from './senders.js';
import { hostile, type Values } from './values.js';

/** Stands for the tag that the resource has when the request is sent. */
export const CURRENT_ETAG = '<current>';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

export interface GeneratedRequest {
  sender: Sender;
  url: string;
  headers: Record<string, string>;
  /** As it goes over the wire; undefined for no body. */
  body: string | undefined;
}

/** Requests to a route, from its description alone: some of them right, most wrong in a place or two. */
export function requestsTo(route: Route, values: Values): fc.Arbitrary<GeneratedRequest> {
  const any = fc.record({
    sender: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Sender>('admin') },
      { weight: 1, arbitrary: fc.constantFrom(...SENDERS) },
    ),
    url: urlOf(route, values),
    headers: headersOf(route),
    body: bodyOf(route, values),
  });
  const whole = any.map(({ sender, url, headers, body: { type, text } }) => ({
    sender,
    url,
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
    body: text,
  }));
  return fc.oneof({ weight: 1, arbitrary: rightRequest(route, values) }, { weight: 3, arbitrary: whole });
}

/** A request that the description allows in every part, of somebody who may. */
function rightRequest(route: Route, values: Values): fc.Arbitrary<GeneratedRequest> {
  const schema = route.requestBody?.content[JSON_TYPE]?.schema;
  const body = schema && values.object(schema, (each, name) => values.valid(each, name));
  return fc
    .record({
      url: urlWith(route, (each) => values.valid(each.schema, each.name).map(encodedText)),
      body: body === undefined ? fc.constant(NO_BODY) : written(route, body),
    })
    .map(({ url, body: { type, text } }) => ({
      sender: 'admin',
      url,
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        ...(takes(route, 'If-Match') && { 'if-match': CURRENT_ETAG }),
      },
      body: text,
    }));
}

/** Whether a route names a header. */
function takes({ parameters = [] }: Route, header: string): boolean {
  return parameters.some((each) => each.in === 'header' && each.name === header);
}

const MALFORMED = ['', '{', '{"a":1,}', 'null', '\u0000', '{"__proto__":{"x":1}}', '['.repeat(100_000)];
const DEEP = `{"seed":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
const KEYS = ['__proto__', 'constructor', 'toString', 'x', 'x'.repeat(500), '\u0000'];

/** A body as it goes over the wire, and what it says that it is. */
interface Body {
  type: string | undefined;
  text: string | undefined;
}
const NO_BODY: Body = { type: undefined, text: undefined };
const json = (value: unknown): Body => ({ type: JSON_TYPE, text: JSON.stringify(value) });

/** Bodies as JSON, or as another type that the route takes: a form of its fields, or the text of its `content`. */
function written({ requestBody }: Route, bodies: fc.Arbitrary<object>): fc.Arbitrary<Body> {
  const types = Object.keys(requestBody?.content ?? {}).filter((type) => type !== JSON_TYPE);
  if (types.length === 0) return bodies.map(json);
  return fc.tuple(fc.constantFrom(JSON_TYPE, ...types), bodies).map(([type, body]) => {
    if (type === JSON_TYPE) return json(body);
    const fields = Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)]);
    const text = type === FORM_TYPE ? new URLSearchParams(fields).toString() : fields.at(0)?.[1];
    return { type, text: text?.toWellFormed() };
  });
}

function bodyOf(route: Route, values: Values): fc.Arbitrary<Body> {
  const { method, requestBody } = route;
  if (method === 'GET') return fc.constant(NO_BODY);
  const raw = (text: string): Body => ({ type: JSON_TYPE, text });
  const schema = requestBody?.content[JSON_TYPE]?.schema;
  if (schema === undefined) {
    return fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(NO_BODY, { ...NO_BODY, type: JSON_TYPE }) },
      { weight: 1, arbitrary: fc.constantFrom('{}', '[]', '{"a":1}').map(raw) },
    );
  }
  const right = values.object(schema, (each, name) => values.valid(each, name));
  const nearly = values.object(schema, (each, name) => values.any(each, name));
  const strange = fc
    .tuple(right, fc.constantFrom(...KEYS), hostile)
    .map(([body, key, value]) => Object.fromEntries([...Object.entries(body), [key, value]]));
  return fc.oneof(
    { weight: 10, arbitrary: written(route, right) },
    { weight: 6, arbitrary: written(route, nearly) },
    { weight: 1, arbitrary: strange.map(json) },
    { weight: 1, arbitrary: fc.jsonValue().map(json) },
    { weight: 1, arbitrary: fc.constantFrom(...MALFORMED, DEEP).map(raw) },
  );
}

/** One of some texts, `weight` times out of ten. */
function sometimes(weight: number, ...choices: string[]): fc.Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 10 - weight, arbitrary: fc.constant(undefined) },
    { weight, arbitrary: fc.constantFrom(...choices) },
  );
}

function headersOf(route: Route): fc.Arbitrary<Record<string, string>> {
  const nothing = fc.constant(undefined);
  const strange = fc.constantFrom('text/plain', 'application/xml', 'nonsense', 'multipart/form-data');
  const strangeType = fc.oneof({ weight: 30, arbitrary: nothing }, { weight: 1, arbitrary: strange });
  return fc
    .record({
      'content-type': route.method === 'GET' ? nothing : strangeType,
      'if-match': takes(route, 'If-Match')
        ? sometimes(8, CURRENT_ETAG, CURRENT_ETAG, '*', '"stale"', 'no tag', `"x", ${CURRENT_ETAG}`)
        : nothing,
      'idempotency-key': takes(route, 'Idempotency-Key')
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

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encodedText(value: unknown): string {
  return encodeURIComponent(textOf(value).toWellFormed().slice(0, 2_000));
}

function urlOf(route: Route, values: Values): fc.Arbitrary<string> {
  const strange = ['x=1', '__proto__=1', 'limit[]=1', 'toString=', '=', '&&', 'limit=1&limit=2'];
  const url = urlWith(route, ({ schema, name }) =>
    fc.oneof(
      { weight: 20, arbitrary: values.any(schema, name).map(encodedText) },
      { weight: 1, arbitrary: fc.constantFrom(...RAW) },
    ),
  );
  const more = fc.oneof(
    { weight: 19, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
  );
  return fc.tuple(url, more).map(([whole, other]) => {
    if (other === '') return whole;
    return `${whole}${whole.includes('?') ? '&' : '?'}${other}`;
  });
}

/** URLs of a route with every step of its path, what its query needs, and up to three of what it takes. */
function urlWith(
  { path, parameters = [] }: Route,
  text: (parameter: Parameter) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const pair = (each: Parameter): fc.Arbitrary<readonly [name: string, value: string]> =>
    text(each).map((value) => [each.name, value] as const);
  const needed = inQuery.filter(({ required }) => required === true).map(pair);
  const taken = inQuery.filter(({ required }) => required !== true).map(pair);
  const some =
    taken.length === 0
      ? fc.constant([])
      : fc.uniqueArray(fc.oneof(...taken), { selector: ([name]) => name, maxLength: 3 });
  return fc.tuple(fc.tuple(...inPath.map(text)), fc.tuple(...needed), some).map(([steps, first, rest]) => {
    const url = inPath.reduce((whole, { name }, i) => whole.replace(`{${name}}`, () => steps[i] ?? ''), path);
    const query = [...first, ...rest].map(([name, value]) => `${name}=${value}`);
    return query.length === 0 ? url : `${url}?${query.join('&')}`;
  });
}
