import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, LIST_PAGE, tellList, tellThing } from '../answers.js';
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

const acting = actingOn<'start' | 'stop' | 'restart'>({
  plural: 'bots',
  needs: ['bots:read', 'bots:run'],
  kind: 'bot',
  arguments: z.strictObject(bot),
  spoken,
  subject: 'bot',
  article: { en: 'The bot', es: 'El bot' },
  done: {
    start: { en: 'is starting', es: 'está arrancando' },
    stop: { en: 'is stopping', es: 'se está deteniendo' },
    restart: { en: 'is restarting', es: 'se está reiniciando' },
  },
  act: async (api, id, what) =>
    botOf(await api.post(`/api/v1/bots/{id}/${what}`, { params: { path: { id } } })),
});

/** Lines of a log that are told in one piece. */
const LOG_PAGE = 100;

/** A line that a bot printed, as the API answers it. */
interface LogLine {
  position: string;
  at: string;
  stream: string;
  message: string;
}

async function logLines(
  { api, subject }: CommandCall,
  query: { after?: string; limit: number },
): Promise<LogLine[]> {
  const { id } = subject as Thing;
  const params = { path: { id }, query };
  const text = await api.get('/api/v1/bots/{id}/logs', { params, parseAs: 'text' });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

/** Tells what a bot printed: the newest lines, or from the first one on all that are kept, piece by piece. */
async function tellLogs(call: CommandCall): Promise<CommandAnswer> {
  const { arguments: given, language } = call;
  const thing = call.subject as Thing;
  const whole = given['all'] === true;
  const limit = (given['limit'] as number | undefined) ?? LIST_PAGE;
  let lines = await logLines(call, whole ? { limit: LOG_PAGE, after: '0' } : { limit });
  let count = lines.length;
  for (let rest = whole && count === LOG_PAGE; rest; rest = lines.length === LOG_PAGE) {
    await call.tell(textOf(lines), lines);
    lines = await logLines(call, { limit: LOG_PAGE, after: lines.at(-1)?.position ?? '0' });
    count += lines.length;
  }
  const head =
    count === 0
      ? { en: `The bot ${thing.name} has printed nothing.`, es: `El bot ${thing.name} no ha escrito nada.` }
      : { en: `Lines of ${thing.name}: ${count}`, es: `Líneas de ${thing.name}: ${count}` };
  return {
    text: [head[language], ...(lines.length > 0 ? [textOf(lines)] : [])].join('\n'),
    data: { lines, count },
    focus: thing,
  };
}

/** What moves the cursor of a terminal, or turns the order of letters. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

/** A program wrote the lines: they are shown as letters and nothing else. */
function textOf(lines: readonly LogLine[]): string {
  return lines
    .map(({ at, stream, message }) => `${at} ${stream} ${message.replaceAll(UNSEEN, ' ')}`)
    .join('\n');
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
  {
    name: 'bots.logs',
    effect: 'read',
    needs: ['bots:read'],
    kind: 'bot',
    actions: ['logs'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ ...bot, ...LIST_ARGUMENTS }),
    spoken: { ...spoken, ...LIST_WORDS },
    subject: 'bot',
    help: {
      en: 'What a bot printed: the newest lines, or all of them.',
      es: 'Lo que escribió un bot: las líneas más nuevas, o todas.',
    },
    examples: {
      en: ['show the logs of bot analytics-bot-v1', 'show all the logs of bot analytics-bot-v1'],
      es: ['muestra los registros del bot analytics-bot-v1'],
    },
    run: tellLogs,
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
