import {
  barabasiAlbert,
  buildGraph,
  configuration,
  degreesProblem,
  EdgeList,
  erdosRenyi,
  type AffinitySettings,
  type Graph,
  type GraphModel,
  type GraphPeople,
  homophilousAttachment,
  keyFromText,
  stochasticBlock,
  wattsStrogatz,
} from '../../../engine/index.js';
import type { SimulationAgent } from '../feed-mapping.rules.js';
import { groupAgents } from '../groups.rules.js';
import type { GraphSpecification } from '../scenarios/graph.schema.js';
import { SimulationError } from '../simulation.errors.js';
import type { ImportedNetwork } from './imported-network.js';

/** What a network is made from. */
export interface NetworkInput {
  readonly graph: GraphSpecification;
  readonly seed: string;
  readonly agents: readonly SimulationAgent[];
  /** Unit vectors, one row an agent. */
  readonly interests: Int8Array;
  /** What the file of a graph that is `imported` says. */
  readonly network?: ImportedNetwork | undefined;
}

/**
 * Makes the network of a scenario.
 * @throws SimulationError `network_impossible` where the agents cannot have it, naming the field of the scenario
 */
export function buildNetwork(input: NetworkInput): Graph {
  const { graph, seed, agents, interests } = input;
  const affinity = affinityOf(graph);
  const people: GraphPeople = { count: agents.length, interests, ...traitsOf(agents) };
  return buildGraph(modelOf(input), people, keyFromText(`graph:${seed}`), affinity);
}

function affinityOf({ affinity }: GraphSpecification): AffinitySettings | undefined {
  if (affinity === undefined) return undefined;
  const { interests, place, age, language, past, ceiling } = affinity;
  return { interests, place, age, language, past, ceiling };
}

function modelOf({ graph, agents, network }: NetworkInput): GraphModel {
  if (graph.model === 'barabasi_albert') return barabasiAlbert(graph);
  if (graph.model === 'watts_strogatz') return wattsStrogatz(graph);
  if (graph.model === 'erdos_renyi') return erdosRenyi({ meanFollows: graph.mean_follows });
  if (graph.model === 'stochastic_block')
    return stochasticBlock({ blockOf: blocksOf(graph, agents), probabilities: graph.probabilities });
  if (graph.model === 'configuration') {
    const degrees = degreesFor(graph.degrees, agents.length);
    return configuration({ degrees, reciprocity: graph.reciprocity });
  }
  if (graph.model === 'imported') {
    const edges = edgesFor(agents, network);
    return () => edges;
  }
  const { mean_follows: meanFollows, homophily, hubs, reciprocity } = graph;
  return homophilousAttachment({ meanFollows, homophily, hubs, reciprocity });
}

type Blocks = Extract<GraphSpecification, { model: 'stochastic_block' }>;

function blocksOf({ by, shares, probabilities }: Blocks, agents: readonly SimulationAgent[]): Uint16Array {
  const last = probabilities.length - 1;
  if (by !== undefined) {
    return groupAgents(agents, by, probabilities.length).of.map((block) => Math.min(block, last));
  }
  let block = 0;
  let reached = shares?.[0] ?? 1;
  return Uint16Array.from(agents, (_, agent) => {
    while (block < last && agent >= Math.round(reached * agents.length)) {
      block += 1;
      reached += shares?.[block] ?? 0;
    }
    return block;
  });
}

/** The degrees of so many agents, who take the numbers in turn. @throws SimulationError `network_impossible` */
export function degreesFor(degrees: readonly number[], count: number): Int32Array {
  const each = Int32Array.from({ length: count }, (_, agent) => degrees[agent % degrees.length] as number);
  const problem = degreesProblem(each);
  if (problem !== undefined) throw impossible('graph.degrees', `for ${count} agents ${problem}`);
  return each;
}

/**
 * The follows of a network between agents. Where the first node is the id or the username hint of an agent, all nodes are;
 * otherwise the nodes are the agents in their order, as far as there are nodes.
 */
function edgesFor(agents: readonly SimulationAgent[], network: ImportedNetwork | undefined): EdgeList {
  if (network === undefined) throw impossible('graph.file', 'was not sent with the run');
  const { ids, edges } = network;
  const known = new Map(
    agents.flatMap((agent, row) => [[agent.id, row] as const, [agent.username_hint, row]]),
  );
  const named = known.has(ids[0] ?? '');
  if (!named && ids.length > agents.length)
    throw impossible('graph.file', `has ${ids.length} nodes, and the population has ${agents.length} agents`);
  const rows = ids.map((id, place) => {
    const row = named ? known.get(id) : place;
    if (row === undefined)
      throw impossible(
        'graph.file',
        `has the node ${JSON.stringify(id)}, which is no agent, and others that are`,
      );
    return row;
  });
  const follows = new EdgeList();
  for (let e = 0; e < edges.length; e += 1) {
    const [source, target] = [edges.sources[e] as number, edges.targets[e] as number];
    follows.addWeighted(rows[source] as number, rows[target] as number, edges.weights[e] as number);
  }
  return follows;
}

function impossible(field: string, message: string): SimulationError {
  return new SimulationError('conflict', 'network_impossible', `${field} ${message}`, [{ field, message }]);
}

function traitsOf(agents: readonly SimulationAgent[]): Omit<GraphPeople, 'count' | 'interests'> {
  return {
    cities: codesOf(agents, ({ country, city }) => `${country}/${city}`),
    countries: codesOf(agents, ({ country }) => country),
    languages: codesOf(agents, ({ locale }) => locale.split('-')[0] as string),
    ages: Uint8Array.from(agents, ({ age }) => age),
  };
}

/** Equal codes for equal texts. */
function codesOf(agents: readonly SimulationAgent[], text: (agent: SimulationAgent) => string): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(agents, (agent) => {
    const value = text(agent);
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
}
