import type { AgentProfile } from './agent.profile.js';

/** PostgreSQL's COPY of agents in text format; `copyLine` writes the columns in this order. */
export const COPY_AGENTS = `COPY agents (population_id, position, id, seed, name, username_hint, country, city, locale,
  timezone, age, gender, interests, bio, posting_cadence, tone, behavioral_biases, attributes, persona) FROM STDIN`;

/** One agent as a line of COPY. @param position the agent's index in its population */
export function copyLine(populationId: string, position: number, agent: AgentProfile): string {
  return (
    `${populationId}\t${position}\t${agent.id}\t${agent.seed}\t${escaped(agent.name)}\t${agent.username_hint}\t` +
    `${agent.country}\t${escaped(agent.city)}\t${agent.locale}\t${agent.timezone}\t${agent.age}\t${agent.gender}\t` +
    `${escaped(arrayLiteral(agent.interests))}\t${escaped(agent.bio)}\t${agent.posting_cadence}\t${agent.tone}\t` +
    `${escaped(arrayLiteral(agent.behavioral_biases))}\t${jsonCell(agent.attributes)}\t${jsonCell(agent.persona)}\n`
  );
}

const SPECIAL: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => SPECIAL[character] as string);
}

/** A value of jsonb; COPY reads `\\N` as null. */
function jsonCell(value: object | undefined): string {
  return value === undefined ? String.raw`\N` : escaped(JSON.stringify(value));
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
}
