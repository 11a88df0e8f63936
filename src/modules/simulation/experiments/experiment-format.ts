/** A number with four digits that count, without trailing zeros; `–` for nothing. */
export function short(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));
}

/** A p-value as papers write it. */
export function pText(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
