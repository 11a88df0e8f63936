import type { FastifyInstance } from 'fastify';

/** The methods of every path, for who calls one by another. */
export class PathMethods {
  private readonly methods = new Map<string, Set<string>>();

  /** @param fastify before it has routes */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set();
      for (const each of [method].flat()) known.add(each);
      this.methods.set(url, known);
    });
  }

  /** The methods by which a path may be called, in alphabetical order; none where there is no route. @param path without a query */
  at(path: string): string[] {
    const itself = this.methods.get(path);
    if (itself !== undefined) return [...itself].toSorted();
    const found = [...this.methods].filter(([pattern]) => fits(pattern.split('/'), path.split('/')));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted();
  }
}

/** Whether a path is one of a pattern without wildcards. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, at) => (part.startsWith(':') ? path[at] !== '' : part === path[at]))
  );
}
