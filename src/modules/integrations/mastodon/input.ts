import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../../core/errors/index.js';
import { readInput, screenJson } from '../../../core/http/index.js';
import { isNetworkId } from '../network/paging.js';

// Clients send the same fields as a query, JSON, a form or multipart, with `a[]` for lists and `a[b]` for objects.

const FIELD = /^([a-z][\w:-]{0,49})(?:\[([\w:-]{0,50})\])?(?:\[([\w:-]{0,50})\])?$/i;
const FIELDS_MAX = 200;
const FORM = 'application/x-www-form-urlencoded';

type Fields = Record<string, unknown>;

/** A file that came with other fields. Its bytes are no fields of its own, which somebody would look through one by one. */
export class UploadedFile {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }
}

function invalid(message: string): AppError {
  return new AppError('invalid', 'body_invalid', message);
}

/** Puts a value where its name says; what has no such name is left out, as all is that no schema asks for. */
function assign(fields: Fields, name: string, value: unknown): void {
  const [, field, first, second] = FIELD.exec(name) ?? [];
  if (field === undefined || field === '__proto__') return;
  if (first === undefined) fields[field] = value;
  else if (first === '' && second === undefined) fields[field] = [...listOf(fields[field]), value];
  else if (first !== '' && first !== '__proto__') {
    const below = isRecord(fields[field]) ? fields[field] : (Object.create(null) as Fields);
    if (second === undefined) below[first] = value;
    else if (second === '') below[first] = [...listOf(below[first]), value];
    fields[field] = below;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(entries: Iterable<readonly [string, unknown]>): Fields {
  const fields = Object.create(null) as Fields;
  let count = 0;
  for (const [name, value] of entries) {
    count += 1;
    if (count > FIELDS_MAX) throw invalid(`at most ${FIELDS_MAX} fields`);
    assign(fields, name, value);
  }
  return { ...fields };
}

/** Teaches a server to read the bodies of clients. */
export function readClientBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, jsonOf(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, fieldsOf(new URLSearchParams(body as string)));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer) => multipartOf(request, body),
  );
  // Clients that post nothing may name any type, or none.
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, {});
    else done(new AppError('invalid', 'media_type_not_supported', `expected JSON, ${FORM} or multipart`));
  });
}

function jsonOf(text: string): Fields {
  if (text.trim() === '') return {};
  screenJson(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('the body is not JSON');
  }
  if (!isRecord(value)) throw invalid('the body must be a JSON object');
  // A client may write `media_ids[]` in JSON as well.
  return fieldsOf(Object.entries(value).map(([name, each]) => [name.replace(/\[\]$/, ''), each] as const));
}

async function multipartOf({ headers }: FastifyRequest, body: Buffer): Promise<Fields> {
  const type = headers['content-type'] ?? '';
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    throw invalid('the body is not well-formed multipart/form-data');
  }
  const entries: [string, unknown][] = [];
  for (const [name, value] of form.entries()) {
    const file = typeof value === 'string' ? undefined : new Uint8Array(await value.arrayBuffer());
    entries.push([name, file === undefined ? value : new UploadedFile(file)]);
  }
  return fieldsOf(entries);
}

/** What a request says: its query, and over it its body, as the schema makes it. @throws InvalidInputError */
export function inputOf(schema: z.ZodObject, request: FastifyRequest): unknown {
  const query = fieldsOf(new URLSearchParams(request.url.split('?', 2)[1] ?? ''));
  const body = isRecord(request.body) ? request.body : {};
  const known = Object.entries({ ...query, ...body }).filter(
    ([name, value]) => Object.hasOwn(schema.shape, name) && value !== null && value !== '',
  );
  return readInput(schema, Object.fromEntries(known), 'body');
}

/** Fields as clients write them. */
export const text = (max: number) =>
  z.union([z.string(), z.number().transform(String)]).pipe(z.string().max(max));

export const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((value) => ['true', '1', 'on', 't'].includes(String(value).toLowerCase()));

export const whole = (min: number, max: number) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d{1,9}$/, 'must be a whole number')
        .transform(Number),
    ])
    .pipe(z.int())
    // Clients ask for more than they get, and are given the most.
    .transform((value) => Math.min(Math.max(value, min), max));

/** A list, of which a single item may stand for itself. */
export const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(max),
  );

export const networkId = text(20).pipe(
  z.string().refine(isNetworkId, 'must be an id: a whole number from 0 to 9223372036854775807'),
);

/** Which page of a list. @param most a page has, and by default */
export const paging = (most: number, usual: number) => ({
  max_id: networkId.optional(),
  since_id: networkId.optional(),
  min_id: networkId.optional(),
  limit: whole(1, most).default(usual),
});

export const upload = z.instanceof(UploadedFile, { message: 'must be a file' });

export const NOTHING = z.object({});
