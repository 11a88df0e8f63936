import Table from 'cli-table3';

/** One measured figure. `goal` is what is aimed at; `met` says whether `value` reaches it. */
export interface Figure {
  bench: string;
  case: string;
  value: number;
  unit: string;
  goal: number | null;
  met: boolean | null;
}

/** A figure that should be at least `goal`; without a goal it is for comparison. */
export function figure(
  bench: string,
  name: string,
  value: number,
  unit: string,
  goal: number | null = null,
): Figure {
  return { bench, case: name, value, unit, goal, met: goal === null ? null : value >= goal };
}

/** A figure that should be at most `goal`, such as a time. */
export function figureAtMost(bench: string, name: string, value: number, unit: string, goal: number): Figure {
  return { bench, case: name, value, unit, goal, met: value <= goal };
}

/** Operations a second of `work`, which does `count` of them: the best of `runs`, since other programs only ever slow it down. */
export async function rate(count: number, runs: number, work: () => unknown): Promise<number> {
  let best = 0;
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    best = Math.max(best, (count / (performance.now() - started)) * 1000);
  }
  return best;
}

export function formatValue(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Prints a table for people, or with `--json` one object a line. */
export function printFigures(figures: readonly Figure[]): void {
  if (process.argv.includes('--json')) {
    for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
    return;
  }
  const table = new Table({
    head: ['case', 'value', 'unit', 'goal', 'met'],
    style: { head: [], border: [] },
  });
  for (const { case: name, value, unit, goal, met } of figures) {
    table.push([
      name,
      formatValue(value),
      unit,
      goal === null ? '' : formatValue(goal),
      met === null ? '' : met ? 'yes' : 'no',
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}
