/** What becomes of a JSON value by a merge patch (RFC 7396): objects are merged, null removes, anything else takes the place of what is there. */
export function mergePatch(base: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const known = new Map(isObject(base) ? Object.entries(base) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) known.delete(name);
    else known.set(name, mergePatch(known.get(name), value));
  }
  return Object.fromEntries(known);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
