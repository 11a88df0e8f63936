import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { cascadesOf, reachedWithin } from './cascade-set.js';
import { baselineErrors, curveError, curvesOf, MINUTES, simulationErrors } from './growth-curves.js';
import { MAX_CASCADES, readTrees } from './read-trees.js';
import { idleShare, shippedReference } from './reference.js';
import { readRunCascades } from './run-cascades.js';
import { validate } from './validate.js';
import { renderValidation } from './validation-html.js';

const HEADER = 'cascade,node,parent,minute,user\n';

/** A star whose leaves come at these minutes. */
function star(cascade: string, minutes: readonly number[]): string {
  return [`${cascade},0,,0,`, ...minutes.map((minute, i) => `${cascade},${i + 1},0,${minute},`)].join('\n');
}

function input(simulated: string, trees?: string) {
  return {
    simulated: readTrees(HEADER + simulated),
    minSize: 2,
    reference: shippedReference(),
    trees: trees === undefined ? undefined : readTrees(HEADER + trees),
    idleSessions: 0.5,
  };
}

const RUN = { id: 'r', scenario: 's', seed: '7', ticks: 144, definition: { tick_minutes: 10 } };

describe('readTrees', () => {
  it('reads rows in any order', () => {
    const set = readTrees('minute,node,cascade,parent\n5,b,x,a\n0,a,x,\n9,c,x,b\n1,a,y,\n');
    const [one] = cascadesOf(set, 2);
    expect([one?.size, one?.depth, one?.breadth]).toEqual([3, 2, 1]);
    expect([...(one?.minutes ?? [])]).toEqual([0, 5, 9]);
    expect(cascadesOf(set, 1)).toHaveLength(2);
  });

  it.each([
    ['cascade,node,parent\n', '1: the first line names the columns'],
    [`${HEADER}x,a,,0\n`, '2: has 4 fields'],
    [`${HEADER}x,a,,soon,\n`, '2: minute is no number'],
    [`${HEADER}x,a,,0,\nx,a,,1,\n`, '3: the node "a" is there already'],
    [`${HEADER}x,a,,0,\nx,b,,1,\n`, '3: the cascade "x" has a root already'],
    [`${HEADER}x,a,,0,\nx,b,z,1,\n`, '3: the parent "z" is no node'],
    [`${HEADER}x,a,,0,\nx,b,c,1,\nx,c,b,1,\n`, '3: the node "b" leads to no root'],
    [HEADER, '1: there is no cascade'],
    [
      HEADER + Array.from({ length: MAX_CASCADES + 1 }, (_, i) => `${i},a,,0,`).join('\n'),
      `${MAX_CASCADES + 2}: begins cascade ${MAX_CASCADES + 1}; ${MAX_CASCADES} cascades are the most`,
    ],
  ])('refuses %j for its line', (text, problem) => {
    expect(() => readTrees(text)).toThrow(`trees:${problem}`);
  });
});

describe('readRunCascades', () => {
  it('takes posts for roots and hangs reposts and comments where they belong', async () => {
    const lines = [
      { kind: 'post', agent_id: 'a', post_id: 'p', root_id: 'p', minute: 0 },
      { kind: 'exposure', agent_id: 'b', post_id: 'p', root_id: 'p', minute: 10 },
      { kind: 'repost', agent_id: 'b', post_id: 'q', root_id: 'p', parent_id: 'p', minute: 10 },
      { kind: 'repost', agent_id: 'c', post_id: 'r', root_id: 'p', parent_id: 'q', minute: 20 },
      { kind: 'comment', agent_id: 'b', post_id: 'r', root_id: 'p', comment_id: 'k', minute: 30 },
      {
        kind: 'comment',
        agent_id: 'a',
        post_id: 'p',
        root_id: 'p',
        comment_id: 'l',
        parent_id: 'k',
        minute: 40,
      },
    ];
    const set = await readRunCascades(Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`)));
    expect([...set.parents]).toEqual([-1, 0, 1, 0, 3]);
    const [cascade] = cascadesOf(set, 1);
    expect([cascade?.size, cascade?.depth, cascade?.breadth]).toEqual([5, 2, 2]);
    // Three users: the author, and two who came within 20 minutes.
    expect(reachedWithin([cascade!], 10)).toBeCloseTo(2 / 3, 12);
    expect(reachedWithin([cascade!], 20)).toBe(1);
  });
});

describe('growth curves', () => {
  const [cascade] = cascadesOf(readTrees(`${HEADER}x,a,,0,\nx,b,a,10,\nx,c,b,10,\nx,d,a,100,\n`), 1);

  it('tell nodes, depth and the largest breadth so far', () => {
    const found = (['scale', 'depth', 'breadth'] as const).map((name) => {
      const curve = curvesOf(cascade!)[name];
      return [0, 9, 10, 100].map((minute) => curve[minute]);
    });
    expect(found).toEqual([
      [1, 1, 3, 4],
      [0, 0, 2, 2],
      [1, 1, 1, 2],
    ]);
  });

  it('have the normalised root mean square error that was computed by hand', () => {
    const [flat, real] = [new Float64Array(MINUTES + 1).fill(2), new Float64Array(MINUTES + 1).fill(4)];
    expect(curveError(flat, real)).toBe(0.5);
    expect(curveError(real, real)).toBe(0);
  });

  it('have null models: exact for one cascade by its own shape, and the instant one as far off as it was late', () => {
    const real = cascadesOf(
      readTrees(
        HEADER +
          star(
            'x',
            Array.from({ length: 9 }, () => 75),
          ),
      ),
      1,
    );
    const errors = baselineErrors(real, 'scale');
    expect(errors.median_shape.mean).toBeCloseTo(0, 12);
    expect(errors.median_curve.mean).toBeCloseTo(0, 12);
    // One of ten for 75 minutes, then all: nine tenths missing for 75 of 151 minutes.
    expect(errors.everyone_instantly.mean).toBeCloseTo(0.9 * Math.sqrt(75 / 151), 12);
    expect(simulationErrors(real, real).scale.mean).toBe(0);
  });
});

describe('validate', () => {
  const fast = `${star('x', [1, 1, 1])}\n${star('y', [1, 1])}\n${star('z', [1])}`;
  const slow = `${star('x', [100, 100, 100])}\n${star('y', [100, 100])}\n${star('z', [100])}`;

  it('holds a run against the aggregates that come with the product, and says that the null models are published', () => {
    const found = validate(input(fast));
    expect(found.reference).toMatchObject({ kind: 'aggregates', cascades: 2139 });
    expect(found.selection).toEqual({ min_size: 2, cascades: 3, posts: 3 });
    expect(found.figures[0]).toMatchObject({ measure: 'size', simulated: 3, reference: 260 });
    expect(found.figures[0]?.log_ratio).toBeCloseTo(Math.log(3 / 260), 12);
    expect(found.timing.points[0]).toEqual({ minutes: 1, simulated: 1, reference: 0.02 });
    // Everything within a minute is what the null model of everyone instantly says.
    expect(found.timing.error).toBeCloseTo(found.timing.baselines[0]!.error, 12);
    expect(found.baselines).toMatchObject({ source: 'published', best_published_scale: 0.3 });
    expect(found.baselines.list[0]).toEqual({
      name: 'median_shape',
      scale: 0.11,
      depth: 0.15,
      breadth: 0.11,
    });
    expect([found.distributions, found.curves]).toEqual([null, null]);
    expect(found.attention.reference).toBeCloseTo(141 / 408, 12);
  });

  it('holds it against real trees, and computes the null models on them', () => {
    const same = validate(input(slow, slow));
    expect(same.distributions?.every(({ ks, wasserstein }) => ks === 0 && wasserstein === 0)).toBe(true);
    expect(same.curves?.every(({ error }) => error.mean === 0)).toBe(true);
    expect(same.timing.error).toBe(0);
    const other = validate(input(fast, slow));
    expect(other.curves?.[0]?.error.mean).toBeGreaterThan(0.5);
    expect(other.baselines.source).toBe('computed');
    expect(other.baselines.list.map(({ name }) => name)).toEqual([
      'median_shape',
      'everyone_instantly',
      'linear_growth',
      'median_curve',
    ]);
  });

  it('takes a run in which nothing spread', () => {
    const found = validate(input('x,a,,0,'));
    expect(found.selection.cascades).toBe(0);
    expect(found.timing.error).toBeNull();
    expect(found.figures.every(({ log_ratio }) => log_ratio === null)).toBe(true);
    expect(renderValidation({ ...RUN, scenario: '<b>' }, found)).not.toMatch(/NaN|undefined|<b><\/h1>/u);
  });

  it('is one page without scripts or anything to load', () => {
    const html = renderValidation(RUN, validate(input(fast, slow)));
    expect(html.match(/<script|<link|https?:|NaN|undefined/gu)).toBeNull();
    expect(html).toContain('computed on the trees');
  });

  it('says where the run is over before the reference is', () => {
    const found = validate(input(fast));
    const last = Math.max(...found.timing.points.map(({ minutes }) => minutes));
    const over = 'what it would have reached later is not in it';
    expect(renderValidation({ ...RUN, ticks: last / 10 }, found)).not.toContain(over);
    expect(renderValidation({ ...RUN, ticks: last / 10 - 1 }, found)).toContain(
      `ends after ${last - 10} minutes: ${over}`,
    );
  });
});

describe('the reference', () => {
  it('has the share of people who did nothing over both studies', () => {
    expect(idleShare(shippedReference())).toBeCloseTo(0.3456, 4);
  });
});
