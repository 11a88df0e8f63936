import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { RunMeter } from '../measures/run-meter.js';
import { prepareSimulation, type SimulationInput } from '../simulation.rules.js';
import { feedScenarioSchema } from '../scenarios/scenario.schema.js';
import { reportData, type ReportData } from './report-data.js';
import { grouped, percent, timeLabel } from './report-format.js';
import { escapeHtml } from '../../../core/html/index.js';
import { renderReport } from './report-html.js';
import { RunTally } from './run-tally.js';

function report(input: SimulationInput, ticks: number): ReportData {
  const simulation = prepareSimulation(input);
  const tallies = { run: new RunTally(simulation), meter: new RunMeter(simulation) };
  for (let t = 0; t < ticks; t += 1) {
    simulation.feed.tick();
    if (t % 7 === 6 || t === ticks - 1) {
      const events = simulation.feed.drainEvents();
      tallies.run.add(events, t + 1);
      tallies.meter.add(events, t + 1);
    }
  }
  return reportData(simulation, tallies, [], { azt3knet: '0.0.0' });
}

function sum(values: readonly number[]): number {
  return values.reduce((before, value) => before + value, 0);
}

function clock(start_hour: number, ticks: number): ReportData {
  return { ticks, scenario: { start_hour, tick_minutes: 60 } } as ReportData;
}

describe('reportData', () => {
  const data = report(sampleSimulation(200), 60);

  it('adds up', () => {
    const { totals } = data;
    expect(sum(Object.values(data.reactions))).toBe(totals.reactions);
    expect(sum(Object.values(data.exposure_reasons))).toBe(totals.exposures);
    expect(sum(data.communities.interactions.flat())).toBe(
      totals.reactions + totals.comments + totals.reposts,
    );
    expect(sum(data.communities.sizes)).toBe(200);
    expect(sum(data.cascades.sizes.map(([size, count]) => size * count))).toBe(
      totals.posts + totals.comments + totals.reposts + sum(data.per_tick.map(({ quotes }) => quotes)),
    );
    expect(sum(data.network.followers.map(([value, count]) => value * count))).toBe(data.network.follows);
    expect(sum(Object.values(data.guard.actions))).toBe(data.guard.drafts);
    expect(data.per_tick).toHaveLength(60);
    expect(data.per_tick.at(-1)?.acted).toBe(totals.acted);
  });

  it('shows the largest cascades first', () => {
    const sizes = data.top_posts.map((post) => post.cascade_size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBe(data.cascades.largest);
    expect(data.top_posts.every((post) => post.action === 'allow' || post.action === 'label')).toBe(true);
  });

  it('names those who act as one, intervention by intervention: the ground truth of finding them', () => {
    const interventions = [
      { kind: 'coordination', people: { interests: ['jazz'] } },
      { kind: 'friction', content: { veracity: 'any' } },
      { kind: 'coordination', people: {}, start: 1000 },
    ];
    const input = sampleSimulation(80, '7', feedScenarioSchema.parse({ ...metroScenario(), interventions }));
    const jazz = input.agents.filter(({ interests }) => interests.includes('jazz'));
    expect(jazz.length).toBeGreaterThan(5);
    expect(report(input, 2).coordinated).toEqual([
      jazz.map(({ id }) => id),
      input.agents.map(({ id }) => id),
    ]);
  });

  it('has no reasons of exposures that were not logged', () => {
    expect(
      report(sampleSimulation(50, '7', metroScenario({ log_exposures: false })), 20).exposure_reasons,
    ).toEqual({});
  });
});

describe('renderReport', () => {
  it('is one page without scripts, links out, or anything to load', async () => {
    const html = await renderReport(report(sampleSimulation(120), 40));
    expect(html.slice(0, 15)).toBe('<!doctype html>');
    expect(html.includes('Synthetic data')).toBe(true);
    const outside = html.replaceAll(/xmlns(:xlink)?="[^"]*"/gu, '').replaceAll(/url\(#[^)]*\)/gu, '');
    expect(outside.match(/https?:|<script|<link|@import|url\(|src=/gu)).toBeNull();
    expect(html.match(/<svg/gu)).toHaveLength(10);
    expect(html.match(/undefined|NaN|\[object/gu)).toBeNull();
    const ids = [...html.matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says on top when nothing was checked', async () => {
    const input = sampleSimulation(40);
    const [first, ...others] = input.drafts;
    const drafts = first === undefined ? [] : [{ ...first, labels: ['unchecked'] }, ...others];
    expect(await renderReport(report({ ...input, drafts }, 20))).toContain('Unchecked: the guard was off');
    expect(await renderReport(report(input, 20))).not.toContain('Unchecked');
  });

  it('escapes whatever was put in', async () => {
    const evil = `<script>alert("x")</script>'&`;
    const input = sampleSimulation(40, evil, metroScenario({ title: evil, description: evil }));
    const html = await renderReport(
      report(
        {
          ...input,
          agents: input.agents.map((agent) => ({ ...agent, username_hint: evil, interests: [evil] })),
          drafts: input.drafts.map((draft) => ({ ...draft, caption: evil, labels: [evil] })),
        },
        30,
      ),
    );
    expect(html.match(/<script|alert\("x"\)/gu)).toBeNull();
    expect(html.split(escapeHtml(evil)).length).toBeGreaterThan(6);
  });

  it('takes a run in which nothing happened', async () => {
    const { behaviour } = metroScenario();
    const idle = metroScenario({ behaviour: { ...behaviour, rhythm: behaviour.rhythm.map(() => 0) } });
    const html = await renderReport(report(sampleSimulation(3, '7', idle), 2));
    expect(html.match(/undefined|NaN|Infinity/gu)).toBeNull();
  });
});

describe('formats', () => {
  it('shows the time of day, and the day when there are several', () => {
    expect(timeLabel(clock(22, 8), 150)).toBe('00:30');
    expect(timeLabel(clock(22, 80), 150)).toBe('day 2 00:30');
  });

  it('groups thousands and takes shares of nothing', () => {
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([percent(1, 8), percent(0, 0)]).toEqual(['12.5 %', '0.0 %']);
  });
});
