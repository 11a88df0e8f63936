import { SaxesParser } from 'saxes';
import { networkError } from './imported-network.js';

/** Elements within each other, at most. */
const MAX_DEPTH = 32;
/** Characters that the parser is given at once. */
const PIECE = 65_536;

/** An element as it begins. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is told of a text while it is read. */
export interface XmlListener {
  open(element: XmlElement, line: number): void;
  /** @param text the characters directly within the element */
  close(name: string, text: string, line: number): void;
}

/**
 * Reads an XML text from front to back. Nothing outside of it is ever read: a text with a DOCTYPE, and with it every entity that
 * is not one of XML's own five, is refused.
 * @throws SimulationError `network_invalid` with the line
 */
export function readXml(text: string, file: string, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const texts: string[] = [];
  parser.on('error', (error) => {
    throw networkError(file, parser.line, error.message.replace(/^\d+:\d+: /u, '').slice(0, 200));
  });
  parser.on('doctype', () => {
    throw networkError(file, parser.line, 'has a DOCTYPE, which is not read: entities are not expanded');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (texts.length === MAX_DEPTH)
      throw networkError(file, parser.line, `has more than ${MAX_DEPTH} elements within each other`);
    texts.push('');
    listener.open({ name: localName(name), attributes }, parser.line);
  });
  parser.on('text', (piece) => {
    if (texts.length > 0) texts.push((texts.pop() as string) + piece);
  });
  parser.on('closetag', ({ name }) => {
    listener.close(localName(name), (texts.pop() as string).trim(), parser.line);
  });
  for (let at = 0; at < text.length; at += PIECE) parser.write(text.slice(at, at + PIECE));
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
