import { z } from 'zod';
import type { Language } from '../../language/words.js';
import type { ChatCommand } from '../chat-command.js';
import { stateText } from '../states.js';

/** What the server depends on, in Spanish. */
const PARTS_ES: Readonly<Record<string, string>> = {
  database: 'base de datos',
  schema: 'esquema',
  queue: 'cola',
  files: 'archivos',
};

function partName(name: string, language: Language): string {
  return language === 'es' && Object.hasOwn(PARTS_ES, name) ? (PARTS_ES[name] as string) : name;
}

export const SYSTEM_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'system.status',
    effect: 'read',
    needs: [],
    kind: 'system',
    actions: ['show', 'list'],
    aliases: {
      en: [
        'status',
        'show status',
        'show the status',
        'show me the status',
        'system health',
        'health of the system',
        'is everything ok',
        'is everything fine',
        'are you ok',
        'how are you',
        'are you alive',
        'ping',
        'is the system up',
        'is everything up',
        "what's the status",
        'what is the status',
        'how are things',
      ],
      es: [
        'estado',
        'salud del sistema',
        'esta todo bien',
        'todo bien',
        'como estas',
        'como va todo',
        'funciona todo',
        'va todo bien',
        'cual es el estado',
        'esta todo en orden',
      ],
    },
    arguments: z.strictObject({}),
    spoken: {},
    help: {
      en: 'Whether the server and what it depends on answer.',
      es: 'Si el servidor y lo que necesita responden.',
    },
    examples: { en: ['system status', 'is everything ok?'], es: ['estado del sistema', '¿está todo bien?'] },
    run: async ({ api, language }) => {
      const health = await api.health();
      const well = health.status === 'ok';
      const head = well
        ? { en: 'Everything is well.', es: 'Todo está bien.' }
        : { en: 'Something is not well.', es: 'Algo no está bien.' };
      const lines = Object.entries(health.details).map(
        ([name, { status, message }]) =>
          `  ${partName(name, language)}: ${stateText(status, 'system', language)}${message === undefined ? '' : `, ${message}`}`,
      );
      return { text: [head[language], ...lines].join('\n'), data: health };
    },
  },
];
