import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Metrics } from '../../src/core/metrics/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testApplication, type TestApplication } from '../support/application.js';

const FOLDER = join(PROJECT_ROOT, 'infra', 'observability');
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8');

interface Panel {
  title: string;
  datasource: { uid: string };
  targets: { expr: string; legendFormat: string }[];
}

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string };
}

const dashboard = JSON.parse(read('grafana', 'dashboards', 'azt3knet-overview.json')) as {
  title: string;
  panels: Panel[];
};
const alerts = parse(read('prometheus', 'alerts.yml')) as { groups: { rules: Rule[] }[] };
const scraped = parse(read('prometheus', 'prometheus.yml')) as {
  rule_files: string[];
  scrape_configs: { job_name: string; dns_sd_configs?: { names: string[]; port: number }[] }[];
};

/** A query with the metrics it reads and the labels it matches, groups by or shows. */
interface Query {
  place: string;
  text: string;
  shown: string;
}

const queries: Query[] = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ place: title, text: expr, shown: legendFormat })),
  ),
  ...alerts.groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr, annotations }) => ({ place: alert, text: expr, shown: annotations.summary })),
  ),
];

/** What Prometheus adds to every series, and to itself. */
const OF_PROMETHEUS = { metrics: ['up'], labels: ['job', 'instance'] };

function examine({ text, shown }: Query): { wrong: boolean; metrics: string[]; labels: string[] } {
  // Grafana puts a duration in the place of its variables.
  const query = text.replaceAll(/\$__\w+/g, '5m');
  const found = { wrong: false, metrics: [] as string[], labels: [] as string[] };
  parser.parse(query).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (type.isError) found.wrong = true;
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        found.metrics.push(query.slice(from, to));
      if (name === 'LabelName') found.labels.push(query.slice(from, to));
    },
  });
  for (const [, label = ''] of shown.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g))
    found.labels.push(label);
  return found;
}

describe('dashboard and alerts', () => {
  let test: TestApplication;
  /** Labels by the name of a series. */
  const known = new Map<string, readonly string[]>();

  beforeAll(async () => {
    test = await testApplication({ ENABLE_METRICS: 'true' });
    for (const metric of test.app.get(Metrics, { strict: false }).registry.getMetricsAsArray()) {
      const {
        name,
        type,
        labelNames = [],
      } = metric as unknown as { name: string; type: string; labelNames?: string[] };
      known.set(name, labelNames);
      if (type !== 'histogram') continue;
      for (const part of ['count', 'sum']) known.set(`${name}_${part}`, labelNames);
      known.set(`${name}_bucket`, [...labelNames, 'le']);
    }
  });
  afterAll(() => test.close());

  it('ask for what /metrics answers, by the labels it has', () => {
    expect(queries.length).toBeGreaterThan(25);
    const wrong = queries.flatMap((query) => {
      const { wrong: unreadable, metrics, labels } = examine(query);
      const unknown = metrics.filter(
        (metric) => !known.has(metric) && !OF_PROMETHEUS.metrics.includes(metric),
      );
      const allowed = new Set([
        ...metrics.flatMap((metric) => known.get(metric) ?? []),
        ...OF_PROMETHEUS.labels,
      ]);
      const strange = labels.filter((label) => !allowed.has(label));
      const good = !unreadable && metrics.length > 0 && unknown.length === 0 && strange.length === 0;
      return good ? [] : [{ ...query, unreadable, unknown, strange }];
    });
    expect(wrong).toEqual([]);
  });

  it('leave no metric of ours with a label that Prometheus would rename', () => {
    const renamed = [...known].filter(([, labels]) =>
      labels.some((label) => OF_PROMETHEUS.labels.includes(label)),
    );
    expect(renamed).toEqual([]);
  });

  it('would notice a mistake', () => {
    expect(examine({ place: '', text: 'sum(rate(', shown: '' }).wrong).toBe(true);
    expect(examine({ place: '', text: 'sum by (a) (x{b="c"})', shown: '{{d}}' })).toEqual({
      wrong: false,
      metrics: ['x'],
      labels: ['a', 'b', 'd'],
    });
  });

  it('are found by Grafana and Prometheus', () => {
    const sources = parse(read('grafana', 'provisioning', 'datasources', 'prometheus.yaml')) as {
      datasources: { uid: string; url: string }[];
    };
    expect(sources.datasources).toMatchObject([{ uid: 'prometheus', url: 'http://prometheus:9090' }]);
    for (const { datasource } of dashboard.panels) expect(datasource.uid).toBe('prometheus');
    expect(dashboard.title).toBe('Azt3kNet overview');
    expect(dashboard.panels.map(({ title }) => title)).toContain('API scrape status');
    expect(scraped.rule_files).toEqual(['alerts.yml']);
    const jobs = new Set(
      queries.flatMap(({ text }) => [...text.matchAll(/job="([^"]+)"/g)].map(([, job]) => job)),
    );
    for (const job of jobs) expect(scraped.scrape_configs.map(({ job_name }) => job_name)).toContain(job);
    const ports = scraped.scrape_configs.flatMap(({ dns_sd_configs: found = [] }) =>
      found.map(({ port }) => port),
    );
    expect(ports).toEqual([9464, 9464]);
  });
});
