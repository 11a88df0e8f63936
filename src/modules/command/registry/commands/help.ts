import { z } from 'zod';
import { LIMIT, limitArgument } from '../arguments.js';
import type { ChatCommand } from '../chat-command.js';
import { withNames } from '../placeholders.js';
import { nounOf, type ThingKind } from '../things.js';
import { plain, type Language } from '../../language/words.js';

/** A text in quotation marks. */
function quoted(text: string, language: Language): string {
  return language === 'es' ? `«${text}»` : `“${text}”`;
}

/** One command, for who asks what it is. */
function explained(command: ChatCommand, language: Language): string {
  const examples = command.examples[language].map((example) => `  ${quoted(example, language)}`);
  return [`${command.name}: ${command.help[language]}`, ...examples].join('\n');
}

/** All commands, by what they are about: an example of each. */
function overview(commands: readonly ChatCommand[], language: Language): string {
  const kinds = new Set(commands.map(({ kind }) => kind));
  const lines = [...kinds].map((kind: ThingKind) => {
    const examples = commands
      .filter((each) => each.kind === kind)
      .map(({ examples: { [language]: of } }) => quoted(of[0] ?? '', language));
    return `${nounOf(kind, language, true)}: ${examples.join(', ')}`;
  });
  const head = {
    en: 'Say what you want in your own words; before anything changes I ask. For example:',
    es: 'Di lo que quieres con tus palabras; antes de cambiar algo, pregunto. Por ejemplo:',
  };
  return [head[language], ...lines].join('\n');
}

export const HELP_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'help',
    effect: 'read',
    needs: [],
    kind: 'help',
    actions: ['show', 'list'],
    aliases: {
      en: [
        '?',
        'what can you do',
        'what can i do',
        'what can i say',
        'what do you understand',
        'help me',
        'i need help',
        'man',
      ],
      es: [
        'que puedes hacer',
        'que puedo hacer',
        'que puedo decir',
        'que entiendes',
        'ayudame',
        'necesito ayuda',
        'que sabes hacer',
      ],
    },
    arguments: z.strictObject({ topic: z.string().max(200).optional() }),
    spoken: { topic: { words: { en: [], es: [] }, form: 'rest' } },
    help: {
      en: 'What can be said, or what one thing means.',
      es: 'Lo que se puede decir, o qué significa algo.',
    },
    examples: { en: ['help', 'help with campaigns'], es: ['ayuda', 'ayuda con las campañas'] },
    run: async ({ api, arguments: { topic }, commands, language }) => {
      const words = plain((topic as string | undefined) ?? '').split(/[^\p{L}\p{N}_.-]+/u);
      const meant = commands.filter(({ name, kind }) =>
        words.some((word) =>
          [
            name,
            kind,
            nounOf(kind, 'en', true),
            plain(nounOf(kind, 'es')),
            plain(nounOf(kind, 'es', true)),
          ].includes(word),
        ),
      );
      const text =
        meant.length === 0
          ? overview(commands, language)
          : meant.map((each) => explained(each, language)).join('\n');
      const told = meant.length === 0 ? commands : meant;
      const [named] = await withNames(api, [text], language);
      return { text: named ?? text, data: { commands: told.map(({ name }) => name) } };
    },
  },
  {
    name: 'history',
    effect: 'read',
    needs: [],
    kind: 'history',
    actions: ['show', 'list'],
    aliases: {
      en: ['what did i say', 'what have i said', 'what did we talk about', 'what did i ask'],
      es: ['que dije', 'que he dicho', 'que te pedi', 'de que hablamos'],
    },
    arguments: z.strictObject({ limit: limitArgument }),
    spoken: { limit: LIMIT },
    help: { en: 'What was said in this conversation.', es: 'Lo que se dijo en esta conversación.' },
    examples: { en: ['history', 'show the last 5 of the history'], es: ['historial'] },
    run: async ({ arguments: { limit }, history, language }) => {
      const lines = await history((limit as number | undefined) ?? 20);
      const text = lines.map(({ by, text: said, at }) => `${at} ${by === 'person' ? '>' : '<'} ${said}`);
      const none = { en: 'Nothing was said yet.', es: 'Aún no se ha dicho nada.' };
      return { text: text.length === 0 ? none[language] : text.join('\n'), data: { lines } };
    },
  },
];
