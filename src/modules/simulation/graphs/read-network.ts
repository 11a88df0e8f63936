import { type ImportedNetwork, MAX_NETWORK_CHARACTERS, networkError } from './imported-network.js';
import { readEdgeList } from './read-edge-list.js';
import { readGexf } from './read-gexf.js';
import { readGraphml } from './read-graphml.js';

const READERS = { csv: readEdgeList, graphml: readGraphml, gexf: readGexf } as const;

/** Media types of the files, by how their names end. */
export const NETWORK_TYPES = {
  csv: 'text/csv; charset=utf-8',
  graphml: 'application/xml',
  gexf: 'application/xml',
} as const;

/** How the name of a network's file ends. */
export function networkFormat(file: string): keyof typeof READERS {
  return file.slice(file.lastIndexOf('.') + 1) as keyof typeof READERS;
}

/** Reads the text of a network in the format that the file's name says. @throws SimulationError `network_invalid` with the line */
export function readNetwork(text: string, file: string): ImportedNetwork {
  if (text.length > MAX_NETWORK_CHARACTERS)
    throw networkError(file, 1, `has ${text.length} characters; ${MAX_NETWORK_CHARACTERS} is the most`);
  return READERS[networkFormat(file)](text, file);
}
