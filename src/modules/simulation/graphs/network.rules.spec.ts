import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { parseYamlDocument } from '../../../core/documents/index.js';
import type { Graph } from '../../../engine/index.js';
import { graphSchema, type GraphSpecification } from '../scenarios/graph.schema.js';
import { prepareSimulation } from '../simulation.rules.js';
import { readNetwork } from './read-network.js';

const AGENTS = 60;

function graphOf(graph: string, network?: string): Graph {
  const specification: GraphSpecification = parseYamlDocument(graph, 'graph.yaml', graphSchema);
  const scenario = metroScenario({ graph: specification });
  const read = network === undefined ? undefined : readNetwork(network, 'net.csv');
  return prepareSimulation({ ...sampleSimulation(AGENTS, '7', scenario), network: read }).feed.input.graph;
}

function follows({ offsets, followees }: Graph, agent: number): number[] {
  return [...followees.subarray(offsets[agent], offsets[agent + 1])];
}

const IMPORTED = 'model: imported\nfile: net.csv\n';

describe('the network of a scenario', () => {
  it.each([
    ['model: barabasi_albert\nlinks: 2', 2 * (3 + 2 * 57)],
    ['model: watts_strogatz\nneighbours: 6\nrewiring: 0.3', 6 * AGENTS],
    ['model: erdos_renyi\nmean_follows: 59', 59 * AGENTS],
    ['model: configuration\ndegrees: [3, 4, 5]', 4 * AGENTS],
    ['model: stochastic_block\nshares: [0.5, 0.5]\nprobabilities: [[1, 0], [0, 1]]', 2 * 30 * 29],
    ['model: homophilous_attachment\nmean_follows: 0', 0],
  ])('of %j has %i follows', (graph, edges) => {
    expect(graphOf(graph).followees.length).toBe(edges);
  });

  it('may have the values of an attribute as blocks', () => {
    const graph = graphOf('model: stochastic_block\nby: city\nprobabilities: [[1, 0], [0, 0]]');
    // In the sample every third agent lives in Puebla, the others in the capital.
    expect([0, 1, 3, 4].map((agent) => follows(graph, agent).length)).toEqual([0, 39, 0, 39]);
  });

  it('takes the nodes of a file for the agents in their order, or by their names', () => {
    const ordered = graphOf(IMPORTED, 'source,target\nx,y\ny,z\nx,z\n');
    expect([0, 1, 2].map((agent) => follows(ordered, agent))).toEqual([[1, 2], [2], []]);
    const named = graphOf(IMPORTED, 'source,target\nagent.7,agent.3\n');
    expect(follows(named, 7)).toEqual([3]);
  });

  it('weighs what was there before the run', () => {
    const affinity = `${IMPORTED}affinity: { interests: 0, past: 1, ceiling: 0.8 }`;
    const { affinity: found } = graphOf(affinity, 'source,target,weight\na,b,5\na,c,10\n');
    expect([...found]).toEqual([Math.fround(0.4), Math.fround(0.8)]);
  });

  it.each([
    [IMPORTED, undefined, 'graph.file was not sent with the run'],
    [IMPORTED, 'source,target\nagent.7,stranger\n', 'graph.file has the node "stranger", which is no agent'],
    [
      IMPORTED,
      `source,target\n${Array.from({ length: 61 }, (_, i) => `n0,n${i}\n`).join('')}`,
      'graph.file has 61 nodes, and the population has 60 agents',
    ],
    [
      'model: configuration\ndegrees: [1, 0, 0, 0]',
      undefined,
      'graph.degrees for 60 agents the degrees add up to 15',
    ],
  ])('is refused where the agents cannot have it: %#', (graph, network, message) => {
    expect(() => graphOf(graph, network)).toThrow(message);
  });
});

describe('a graph in a scenario file', () => {
  it.each([
    [
      'model: barabasi',
      'graph.yaml:1:8: model: is homophilous_attachment, barabasi_albert, watts_strogatz, erdos_renyi, stochastic_block, configuration or imported',
    ],
    ['model: barabasi_albert\nmean_follows: 3', 'graph.yaml:2:15: mean_follows: '],
    ['model: watts_strogatz\nneighbours: 3', 'graph.yaml:2:13: neighbours: is even'],
    [
      'model: stochastic_block\nprobabilities: [[1, 0], [1]]\nby: city',
      'graph.yaml:2:16: probabilities: has as many',
    ],
    ['model: stochastic_block\nprobabilities: [[1]]', 'shares: give exactly one of shares and by'],
    ['model: stochastic_block\nprobabilities: [[1]]\nshares: [0.5]', 'graph.yaml:3:9: shares: adds up to 1'],
    ['model: imported\nfile: ../net.csv', 'graph.yaml:2:7: file: is the name of a file'],
    ['model: erdos_renyi\naffinity: { place: 1, salary: 2 }', 'affinity.salary: '],
  ])('%j is refused with its line and what is accepted', (text, message) => {
    expect(() => parseYamlDocument(text, 'graph.yaml', graphSchema)).toThrow(message);
  });
});
