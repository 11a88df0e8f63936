import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './schema.js';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** Paths that answer to a method. */
export type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, object> ? Path : never;
}[keyof paths];

type RequiredKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T];

/** Parameters, body, headers and signal of a call; may be left out where nothing is required. */
export type InitOf<Init> = [RequiredKeys<Init>] extends [never] ? [init?: Init] : [init: Init];

/** What a success carries. */
export type Data<Path extends keyof paths, M extends Method, Init = object> =
  paths[Path] extends Record<M, infer Operation extends Record<string | number, unknown>>
    ? NonNullable<FetchResponse<Operation, Init, `${string}/${string}`>['data']>
    : never;

/** A call by method: the data of a success. @throws ApiError, NetworkError */
export type Call<M extends Method> = <
  Path extends PathsWith<M>,
  Init extends MaybeOptionalInit<paths[Path], M>,
>(
  path: Path,
  ...init: InitOf<Init>
) => Promise<Data<Path, M, Init>>;

/** What a list's answer has. */
export interface Page {
  next_cursor: string | null;
}

/** Paths of lists. */
export type ListPath = {
  [Path in PathsWith<'get'>]: Data<Path, 'get'> extends Page ? Path : never;
}[PathsWith<'get'>];

/** What a list is of: the elements of the one array in its pages. */
export type Item<Path extends ListPath> =
  Data<Path, 'get'> extends infer Answer
    ? {
        [Key in keyof Answer]-?: Answer[Key] extends readonly (infer Element)[] ? Element : never;
      }[keyof Answer]
    : never;
