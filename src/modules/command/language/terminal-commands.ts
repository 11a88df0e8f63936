import type { Action } from './actions.js';
import type { Noun } from './sentence.js';

/** What the chat does not do, and the command of the terminal that does it. */
const COMMANDS: Readonly<Record<string, string>> = {
  'approve publication': 'azt3knet publications approve <id>',
  'reject publication': 'azt3knet publications reject <id> --reason "…"',
  'restart job': 'azt3knet jobs retry <id>',
  'resume job': 'azt3knet jobs retry <id>',
  'delete bot': 'azt3knet bots delete <bot>',
  'generate bot': 'azt3knet bots create <bot> <blueprint>',
  'delete population': 'azt3knet populations delete <id>',
  'export population': 'azt3knet populations export <id> --format csv',
  'export draft': 'azt3knet drafts export <batch> --format csv',
  'export simulation': 'azt3knet sim download <run> <file>',
  'list template': 'azt3knet templates list',
  'show template': 'azt3knet templates show <name>',
};

/** The command of the terminal that does something to one of these, where the chat does not; undefined where none does. */
export function terminalCommand(action: Action, nouns: readonly Noun[]): string | undefined {
  return nouns.map(({ kind }) => COMMANDS[`${action} ${kind}`]).find(Boolean);
}
