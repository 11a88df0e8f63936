import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../src/core/project.js';

export const COMPOSE_FOLDER = join(PROJECT_ROOT, 'infra', 'docker');

/** What the tests look at of a service. */
export interface ComposeService {
  image: string;
  command?: string[];
  profiles?: string[];
  environment?: Record<string, string | number>;
  volumes?: string[];
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }> | string[];
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, null>;
}

/** The file as it stands, with its anchors resolved. */
export function readComposeText(): string {
  return readFileSync(join(COMPOSE_FOLDER, 'docker-compose.yml'), 'utf8');
}

/** Every `${NAME:-default}` of a text. */
export function variablesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/\$\{([A-Z0-9_]+):-([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** The stack as Compose sees it with these variables set. */
export function readCompose(variables: Record<string, string> = {}): ComposeFile {
  const text = readComposeText().replaceAll(
    /\$\{([A-Z0-9_]+):-([^}]*)\}/g,
    (_, name: string, value: string) => variables[name] ?? value,
  );
  return parse(text, { merge: true }) as ComposeFile;
}
