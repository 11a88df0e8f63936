import type { Requirement } from '../../../src/core/http/index.js';

/** As much of JSON Schema 2020-12 as the API's document uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema | false;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Response {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Response>;
  /** What it asks of who calls. */
  'x-permission': Requirement | 'public';
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An operation of the document, with where it is. */
export interface Route extends Operation {
  /** `GET /api/v1/jobs/{id}` */
  name: string;
  method: Method;
  path: string;
  permission: Requirement | 'public';
  /** Whether it asks for no token. */
  open: boolean;
}

/** Every operation of a document. */
export function routesOf(openapi: OpenApi): Route[] {
  return Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([key, operation]) => {
      const method = key.toUpperCase() as Method;
      const permission = operation['x-permission'];
      const open = permission === 'public';
      return { ...operation, name: `${method} ${path}`, method, path, permission, open };
    }),
  );
}

/** Whether a URL, as a server reads it, is one of a route. */
export function isAddressed({ path }: Route, url: string): boolean {
  const pattern = path.replaceAll(/[.]/g, String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(new URL(url, 'http://host').pathname);
}
