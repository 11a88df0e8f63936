import { describe, expect, it } from 'vitest';
import { metroScenario } from '../../../../test/support/simulation-sample.js';
import { DocumentError, DocumentReader, parseYamlDocument } from '../../../core/documents/index.js';
import { scenarioDigest, SCENARIOS } from './scenario.loader.js';
import { feedScenarioSchema, scenarioJsonSchema, scenarioSchema } from './scenario.schema.js';

const MINIMAL = `id: small
version: 1.0.0
title: Small
description: The least a scenario says.
population: { gender: female, count: 10, country: MX }
content: { template: street_art_campaign }
ticks: 5
tick_minutes: 10
`;

function errorsOf(text: string): string {
  try {
    parseYamlDocument(text, 'small.yaml', scenarioSchema);
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  return '';
}

describe('a scenario file', () => {
  it('needs only what has no default', () => {
    const scenario = parseYamlDocument(MINIMAL, 'small.yaml', feedScenarioSchema);
    expect(scenario.log_exposures).toBe(true);
    expect(scenario.content.drafts_per_agent).toBe(1);
    expect(scenario.feed.weights.affinity).toBe(1);
    expect(scenario.behaviour.rhythm).toHaveLength(24);
  });

  it('is refused with the line of each mistake', () => {
    const text = MINIMAL.replace('ticks: 5', 'ticks: 0').replace('country: MX', 'country: Mexico');
    expect(errorsOf(`${text}feed:\n  sizes: 3\n`)).toMatch(
      /^small\.yaml:5:\d+: population\.country: .*two capital letters.*\nsmall\.yaml:7:8: ticks: .*\nsmall\.yaml:10:\d+: feed\.sizes: /su,
    );
  });

  it.each([
    ['version: 1.0.0', 'version: 1', 'version'],
    ['id: small', 'id: Small', 'id'],
    ['count: 10', 'count: 0', 'population.count'],
    ['tick_minutes: 10', 'tick_minutes: 10.5', 'tick_minutes'],
    ['count: 10', 'count: 10, age_range: [30, 20]', 'population.age_range'],
    ['ticks: 5', 'ticks: 5\nbehaviour: { rhythm: [1, 2] }', 'behaviour.rhythm'],
    ['ticks: 5', 'ticks: 5\ngraph: { homophily: 1.5 }', 'graph.homophily'],
    ['ticks: 5', 'ticks: 5\ntime_zone: Mexico City', 'time_zone'],
    ['ticks: 5', 'ticks: 5\nstart_date: 2026-02-30', 'start_date'],
    ['ticks: 5', 'ticks: 5\nfeed: { ranking: { kind: bridging, own: 1 } }', 'feed.ranking.own'],
    [
      'ticks: 5',
      'ticks: 5\nfeed: { ranking: { kind: expression, expression: affinty } }',
      'feed.ranking.expression',
    ],
    ['ticks: 5', 'ticks: 5\nbehaviour: { acts: { poke: 1 } }', 'behaviour.acts.poke'],
    ['ticks: 5', 'ticks: 5\nopinions: { rule: bounded_confidence, rate: 2 }', 'opinions.rate'],
    ['ticks: 5', 'ticks: 5\ninterventions: [{ kind: label, accuracy: 1 }]', 'interventions[0].accuracy'],
    ['ticks: 5', 'ticks: 5\ninterventions: [{ kind: depth_limit }]', 'interventions[0].depth'],
  ])('with %s as %s is refused for %s', (from, to, field) => {
    expect(errorsOf(MINIMAL.replace(from, to))).toContain(`: ${field}: `);
  });

  it('is refused for a feed that there is not, with those that there are', () => {
    expect(errorsOf(`${MINIMAL}feed:\n  ranking: { kind: magic }\n`)).toBe(
      'small.yaml:10:20: feed.ranking.kind: is affinity, chronological, popularity, engagement, collaborative, bridging, random or ' +
        'expression',
    );
  });

  it('is refused for an intervention that there is not, with those that there are', () => {
    expect(errorsOf(`${MINIMAL}interventions:\n  - kind: label\n  - kind: shadowban\n`)).toBe(
      'small.yaml:11:11: interventions[1].kind: is one of label, fact_check, downrank, removal, friction, depth_limit, prebunk, ' +
        'suspension, feed_change, seeding, coordination, moderation',
    );
    expect(errorsOf(`${MINIMAL}opinions: { rule: herd }\n`)).toMatch(
      /opinions\.rule: is none, bounded_confidence or/u,
    );
  });

  it('may be one of the benchmark model', () => {
    const text = `id: bench\nversion: 1.0.0\ntitle: B\ndescription: B.\nmodel: feedsim\nagents: 10\nticks: 5\n`;
    expect(parseYamlDocument(text, 'bench.yaml', scenarioSchema)).toMatchObject({
      model: 'feedsim',
      agents: 10,
      tick_minutes: 10,
    });
    expect(errorsOf(text.replace('agents: 10', 'agents: 0'))).toMatch(/^small\.yaml:6:9: agents: /u);
    expect(errorsOf(`${text}population: {}\n`)).toMatch(/^small\.yaml:8:13: population: /u);
    expect(errorsOf(text.replace('model: feedsim', 'model: mesa'))).toBe(
      'small.yaml:5:8: model: is feed or feedsim',
    );
  });

  it('has a digest of what it means, not of how it is written', () => {
    const plain = parseYamlDocument(MINIMAL, 'a', scenarioSchema);
    const commented = parseYamlDocument(`# hello\n${MINIMAL}log_exposures: true\n`, 'b', scenarioSchema);
    expect(scenarioDigest(commented)).toBe(scenarioDigest(plain));
    expect(scenarioDigest({ ...plain, ticks: 6 })).not.toBe(scenarioDigest(plain));
  });
});

describe('the shipped scenarios', () => {
  it('are all valid', () => {
    const names = new DocumentReader(SCENARIOS).shipped().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['feedsim', 'metro_cdmx']));
  });

  it('include a thousand people of Mexico City for 120 ticks', () => {
    const scenario = metroScenario();
    expect(scenario.population).toMatchObject({
      count: 1000,
      country: 'MX',
      city: 'Mexico City',
      gender: 'unspecified',
    });
    expect(scenario.ticks).toBe(120);
    expect(scenario.content.template).toBe('street_art_campaign');
  });
});

describe('docs/schemas/scenario.schema.json', () => {
  it('is the schema of this version (refresh with: vitest run -u)', async () => {
    const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/schemas/scenario.schema.json');
  });

  it('describes every field', () => {
    const nameless: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('oneOf' in node)
        (node.oneOf as unknown[]).forEach((model, place) => visit(model, `${path}<${place}>`));
      if (!('properties' in node)) return;
      for (const [name, child] of Object.entries(
        node.properties as Record<string, { description?: string }>,
      )) {
        if (child.description === undefined) nameless.push(`${path}.${name}`);
        visit(child, `${path}.${name}`);
      }
    };
    const schema = scenarioJsonSchema();
    expect(schema).toMatchObject({ oneOf: [{ properties: {} }, { properties: {} }] });
    visit(schema, '');
    expect(nameless).toEqual([]);
  });
});
