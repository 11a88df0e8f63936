import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApi, Route, Schema } from './document.js';

/** An answer as it came over the wire. */
export interface Answer {
  status: number;
  contentType: string | undefined;
  body: string;
}

const ROOT = 'urn:azt3knet:api';

/** Says what in an answer is not as the document promises. */
export class Answers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(private readonly openapi: OpenApi) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ $id: ROOT, components: openapi.components });
  }

  /** What is wrong with an answer of a route; undefined when it is as documented. */
  flaw({ responses }: Route, { status, contentType, body }: Answer): string | undefined {
    const named = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
    const shared = named?.$ref?.split('/').at(-1);
    const response = shared === undefined ? named : this.openapi.components.responses[shared];
    if (response === undefined) return `the status ${status} is not documented`;
    const { content } = response;
    if (content === undefined) return body === '' ? undefined : 'a body is not documented';
    const type = contentType?.split(';')[0]?.trim() ?? '';
    const described = content[type];
    if (described === undefined) return `the media type ${type} is not documented for ${status}`;
    return /[/+]json$/.test(type) && described.schema.format !== 'binary'
      ? this.mismatch(described.schema, body)
      : undefined;
  }

  private mismatch(schema: Schema, body: string): string | undefined {
    let validate = this.compiled.get(schema);
    if (validate === undefined) {
      const text = JSON.stringify(schema).replaceAll('"#/components/', `"${ROOT}#/components/`);
      validate = this.ajv.compile(JSON.parse(text) as object);
      this.compiled.set(schema, validate);
    }
    return validate(JSON.parse(body)) ? undefined : this.ajv.errorsText(validate.errors);
  }
}
