import { describe, expect, it } from 'vitest';
import { MAX_NETWORK_CHARACTERS } from './imported-network.js';
import { readNetwork } from './read-network.js';

function edgesOf(text: string, file: string): string[] {
  const { ids, edges } = readNetwork(text, file);
  return Array.from({ length: edges.length }, (_, e) => {
    const [source, target] = [ids[edges.sources[e]!], ids[edges.targets[e]!]];
    return `${source}>${target} ${edges.weights[e]}`;
  });
}

const GRAPHML = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="edge" attr.name="weight" attr.type="double"/>
  <key id="d1" for="node" attr.name="colour" attr.type="string"/>
  <graph id="G" edgedefault="undirected">
    <node id="a &amp; b"><data key="d1">3</data></node>
    <node id="c"/>
    <node id="lonely"/>
    <edge source="a &amp; b" target="c"><data key="d0">2.5</data></edge>
    <edge source="c" target="lonely" directed="true"/>
  </graph>
</graphml>`;

const GEXF = `<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="directed">
    <nodes><node id="0" label="x"/><node id="1" label="y"/></nodes>
    <edges><edge id="0" source="0" target="1" weight="0.5"/><edge source="1" target="0" type="mutual"/></edges>
  </graph>
</gexf>`;

describe('readNetwork', () => {
  it('reads edge lists, columns in any order, lonely lines and self-follows left out', () => {
    const text = '\ufefftarget,"Source",weight\r\nb,a,3\r\n\r\n"c ""x""",a,\r\na,a,1\r\n';
    expect(edgesOf(text, 'net.csv')).toEqual(['a>b 3', 'a>c "x" 1']);
    expect(readNetwork('source,target\n1,2', 'net.csv').ids).toEqual(['1', '2']);
    expect(readNetwork('source,target\n"a, b",c', 'net.csv').ids).toEqual(['a, b', 'c']);
  });

  it('reads GraphML with its directions and weights', () => {
    expect(edgesOf(GRAPHML, 'net.graphml')).toEqual(['a & b>c 2.5', 'c>a & b 2.5', 'c>lonely 1']);
    expect(readNetwork(GRAPHML, 'net.graphml').ids).toEqual(['a & b', 'c', 'lonely']);
  });

  it('reads GEXF with its types and weights', () => {
    expect(edgesOf(GEXF, 'net.gexf')).toEqual(['0>1 0.5', '1>0 1', '0>1 1']);
  });

  it.each([
    ['net.csv', 'a,b\n', '1: the first line names the columns'],
    ['net.csv', 'source,target\na,b\na\n', '3: has 1 fields, and the first line names 2'],
    ['net.csv', 'source,target\na,"b\n', '2: a quotation mark is not closed'],
    ['net.csv', 'source,target\n,b\n', '2: an edge has no source'],
    ['net.csv', 'source,target,weight\na,b,-1\n', '2: the weight "-1" is no number'],
    ['net.csv', 'source,target,weight\na,b,x\n', '2: the weight "x" is no number'],
    ['net.csv', 'source,target\n', '1: there is no node'],
    ['net.csv', `source,target\n${'x'.repeat(201)},b\n`, '2: an id is longer than 200'],
    ['net.csv', ' '.repeat(MAX_NETWORK_CHARACTERS + 1), `1: has ${MAX_NETWORK_CHARACTERS + 1} characters`],
    ['net.graphml', GRAPHML.replace('target="lonely"', 'target="z"'), '10: an edge names the node "z"'],
    ['net.graphml', GRAPHML.replace('id="lonely"', 'id="c"'), '8: the node "c" is there already'],
    ['net.graphml', GRAPHML.replace('undirected', 'both'), '5: edgedefault of graph is'],
    [
      'net.graphml',
      GRAPHML.replace('</graph>', '<graph edgedefault="directed"/></graph>'),
      '11: has more than one',
    ],
    ['net.graphml', GRAPHML.replace('</graph>', ''), '12: unexpected close tag'],
    ['net.graphml', '<graphml/>', '1: has no element graph'],
    ['net.graphml', '', '1: '],
    ['net.graphml', '<!DOCTYPE x [<!ENTITY a "b">]>\n<graphml>&a;</graphml>', '1: has a DOCTYPE'],
    ['net.graphml', '<graphml>\n&a;</graphml>', '2: '],
    ['net.graphml', '<a>'.repeat(40), '1: has more than 32 elements'],
    ['net.gexf', GEXF.replace('"mutual"', '"one-way"'), '4: type of edge is directed, undirected, mutual'],
    ['net.gexf', GEXF.replace('id="1"', ''), '3: a node has no id'],
  ])('refuses %s for its line: %#', (file, text, problem) => {
    expect(() => readNetwork(text, file)).toThrow(`${file}:${problem}`);
  });
});
