import { z } from 'zod';
import { field, tellList, tellThing } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument } from '../arguments.js';
import type { ArgumentWords, ChatCommand, CommandAnswer, CommandCall } from '../chat-command.js';
import { botOf, type Thing } from '../things.js';

const bot = { bot: nameArgument.meta({ description: 'The id of a bot, such as analytics-bot-v1.' }) };
const spoken: Record<string, ArgumentWords> = {
  bot: {
    words: { en: ['bot', 'robot'], es: ['bot', 'robot'] },
    form: 'name',
    ask: { en: 'Which bot?', es: '¿Qué bot?' },
  },
};

type Act = 'start' | 'stop' | 'restart';

const DONE = {
  start: { en: 'is starting', es: 'está arrancando' },
  stop: { en: 'is stopping', es: 'se está deteniendo' },
  restart: { en: 'is restarting', es: 'se está reiniciando' },
} as const;

async function act({ api, subject, language }: CommandCall, what: Act): Promise<CommandAnswer> {
  const path = { params: { path: { id: (subject as Thing).id } } };
  const item = await api.post(`/api/v1/bots/{id}/${what}`, path);
  const thing = botOf(item);
  const text = {
    en: `The bot ${thing.name} ${DONE[what].en}.`,
    es: `El bot ${thing.name} ${DONE[what].es}.`,
  };
  return { text: text[language], data: item, focus: thing };
}

function acting(
  what: Act,
  command: Pick<ChatCommand, 'actions' | 'help' | 'examples' | 'plan'>,
): ChatCommand {
  return {
    name: `bots.${what}`,
    effect: 'write',
    needs: ['bots:read', 'bots:run'],
    kind: 'bot',
    aliases: { en: [], es: [] },
    arguments: z.strictObject(bot),
    spoken,
    subject: 'bot',
    run: (call) => act(call, what),
    ...command,
  };
}

export const BOT_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'bots.list',
    effect: 'read',
    needs: ['bots:read'],
    kind: 'bot',
    actions: ['list'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(LIST_ARGUMENTS),
    spoken: LIST_WORDS,
    help: { en: 'Bots, and whether they run.', es: 'Los bots, y si están en marcha.' },
    examples: { en: ['list bots', 'show me all bots'], es: ['lista los bots', 'muestra los bots'] },
    run: (call) =>
      tellList(
        call,
        'bot',
        async (query) => {
          const found = await call.api.get('/api/v1/bots', { params: { query } });
          return { things: found.bots.map(botOf), next: found.next_cursor };
        },
        (item) => String(field(item, 'status')),
      ),
  },
  {
    name: 'bots.show',
    effect: 'read',
    needs: ['bots:read'],
    kind: 'bot',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(bot),
    spoken,
    subject: 'bot',
    help: { en: 'One bot and how it is.', es: 'Un bot y cómo está.' },
    examples: {
      en: ['show bot analytics-bot-v1', 'how is bot analytics-bot-v1'],
      es: ['muestra el bot analytics-bot-v1', 'cómo está el bot analytics-bot-v1'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'status', es: 'estado' }, field(item, 'status')],
          [{ en: 'wanted', es: 'se quiere' }, field(item, 'desired_state')],
          [{ en: 'blueprint', es: 'programa' }, field(item, 'blueprint')],
          [{ en: 'up, seconds', es: 'en marcha, segundos' }, field(item, 'uptime_seconds')],
          [{ en: 'last beat', es: 'último latido' }, field(item, 'last_heartbeat')],
        ]),
      ),
  },
  acting('start', {
    actions: ['start', 'run'],
    help: { en: 'Starts a bot.', es: 'Arranca un bot.' },
    examples: {
      en: ['start bot analytics-bot-v1', 'run bot analytics-bot-v1'],
      es: ['inicia el bot analytics-bot-v1', 'ejecuta el bot analytics-bot-v1'],
    },
    plan: {
      en: 'Start the bot {subject}: its program runs until it is stopped.',
      es: 'Arrancar el bot {subject}: su programa corre hasta que se detenga.',
    },
  }),
  acting('stop', {
    actions: ['stop'],
    help: { en: 'Stops a bot.', es: 'Detiene un bot.' },
    examples: { en: ['stop bot analytics-bot-v1'], es: ['detén el bot analytics-bot-v1'] },
    plan: {
      en: 'Stop the bot {subject}: it is asked to end, and ended where it does not.',
      es: 'Detener el bot {subject}: se le pide que termine, y si no lo hace se termina.',
    },
  }),
  acting('restart', {
    actions: ['restart'],
    help: { en: 'Ends a bot and starts it again.', es: 'Termina un bot y lo arranca de nuevo.' },
    examples: { en: ['restart bot analytics-bot-v1'], es: ['reinicia el bot analytics-bot-v1'] },
    plan: {
      en: 'Restart the bot {subject}: what it is at is broken off.',
      es: 'Reiniciar el bot {subject}: se interrumpe lo que esté haciendo.',
    },
  }),
];
