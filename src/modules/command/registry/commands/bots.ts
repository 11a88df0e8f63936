import { pathsApiV1BotsGetParametersQueryStatusValues as STATUSES } from '@azt3knet/client/schema';
import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, LIST_PAGE, STATUS, tellThing, WANTED } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand, CommandAnswer, CommandCall } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
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

/** How it is; undefined where some of its replicas are not there, which a start brings back. */
function startedOf(item: object): unknown {
  const [ready, wanted] = [field(item, 'ready_replicas'), field(item, 'replicas')].map(Number) as [
    number,
    number,
  ];
  return ready < wanted && field(item, 'status') !== 'starting' ? undefined : field(item, 'status');
}

/** The API takes no more. */
const REPLICAS_MAX = 50;

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
  listing({
    plural: 'bots',
    needs: ['bots:read'],
    kind: 'bot',
    filters: { status: z.enum(STATUSES).optional() },
    spoken: { status: STATE_WORDS },
    help: {
      en: 'Bots and how they are; those of a status alone, where it is said.',
      es: 'Los bots y cómo están; solo los de un estado, si se dice.',
    },
    examples: {
      en: ['list bots', 'which bots are running'],
      es: ['lista los bots', 'qué bots están en marcha'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/bots', { params: { query } });
      return { things: found.bots.map(botOf), next: found.next_cursor };
    },
    columns: [[STATUS, (item) => field(item, 'status')]],
  }),
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
      en: ['show bot <bot>', 'how is bot <bot>'],
      es: ['muestra el bot <bot>', 'cómo está el bot <bot>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATUS, field(item, 'status')],
          [WANTED, field(item, 'desired_state')],
          [{ en: 'replicas', es: 'réplicas' }, field(item, 'replicas')],
          [{ en: 'ready', es: 'listas' }, field(item, 'ready_replicas')],
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
      en: ['show the logs of bot <bot>', 'show all the logs of bot <bot>'],
      es: ['muestra los registros del bot <bot>'],
    },
    run: tellLogs,
  },
  acting('start', {
    possible: {
      stateOf: startedOf,
      states: ['registered', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined'],
    },
    actions: ['start', 'run'],
    help: { en: 'Starts a bot.', es: 'Arranca un bot.' },
    examples: {
      en: ['start bot <bot>', 'run bot <bot>'],
      es: ['inicia el bot <bot>', 'ejecuta el bot <bot>'],
    },
    plan: {
      en: 'Start the bot {subject}: its program runs until it is stopped.',
      es: 'Arrancar el bot {subject}: su programa corre hasta que se detenga.',
    },
  }),
  acting('stop', {
    possible: whileIn('desired_state', 'running'),
    actions: ['stop'],
    help: { en: 'Stops a bot.', es: 'Detiene un bot.' },
    examples: { en: ['stop bot <bot>'], es: ['detén el bot <bot>'] },
    plan: {
      en: 'Stop the bot {subject}: it is asked to end, and ended where it does not.',
      es: 'Detener el bot {subject}: se le pide que termine, y si no lo hace se termina.',
    },
  }),
  acting('restart', {
    actions: ['restart'],
    help: { en: 'Ends a bot and starts it again.', es: 'Termina un bot y lo arranca de nuevo.' },
    examples: { en: ['restart bot <bot>'], es: ['reinicia el bot <bot>'] },
    plan: {
      en: 'Restart the bot {subject}: what it is at is broken off.',
      es: 'Reiniciar el bot {subject}: se interrumpe lo que esté haciendo.',
    },
  }),
  {
    name: 'bots.scale',
    effect: 'write',
    needs: ['bots:read', 'bots:write'],
    kind: 'bot',
    actions: ['scale'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({
      ...bot,
      replicas: z
        .int()
        .min(0)
        .max(REPLICAS_MAX)
        .meta({ description: 'How many of its processes run at once.' }),
    }),
    spoken: {
      ...spoken,
      replicas: {
        words: { en: ['replicas', 'instances'], es: ['replicas', 'instancias'] },
        form: 'number',
        ask: { en: 'To how many replicas?', es: '¿A cuántas réplicas?' },
      },
    },
    subject: 'bot',
    help: {
      en: 'Has more or fewer processes of a bot run.',
      es: 'Hace correr más o menos procesos de un bot.',
    },
    examples: {
      en: ['scale bot <bot> to 3'],
      es: ['escala el bot <bot> a 3'],
    },
    plan: {
      en: 'Scale the bot {subject} to {replicas}: processes of it are started or ended.',
      es: 'Escalar el bot {subject} a {replicas}: se arrancan o se terminan procesos suyos.',
    },
    run: async ({ api, arguments: given, subject: thing, language }) => {
      const path = { id: (thing as Thing).id };
      const { version } = await api.get('/api/v1/bots/{id}', { params: { path } });
      const changed = await api.patch('/api/v1/bots/{id}', {
        params: { path, header: { 'If-Match': `"${version}"` } },
        body: { replicas: given['replicas'] as number },
      });
      const { bot_id, replicas, ready_replicas } = changed;
      const text = {
        en: `The bot ${bot_id} is to have ${replicas} replicas; ${ready_replicas} are ready.`,
        es: `El bot ${bot_id} debe tener ${replicas} réplicas; ${ready_replicas} están listas.`,
      };
      return { text: text[language], data: changed, focus: botOf(changed) };
    },
  },
  {
    name: 'bots.rollback',
    effect: 'write',
    needs: ['bots:read', 'bots:write'],
    kind: 'bot',
    actions: ['rollback'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(bot),
    spoken,
    subject: 'bot',
    help: {
      en: 'Has a bot run what it ran before its last change.',
      es: 'Hace que un bot corra lo que corría antes de su último cambio.',
    },
    examples: { en: ['roll back bot <bot>'], es: ['revierte el bot <bot>'] },
    plan: {
      en: 'Roll back the bot {subject}: its earlier configuration and program take the place of the present ones.',
      es: 'Revertir el bot {subject}: su configuración y su programa anteriores reemplazan a los actuales.',
    },
    run: async ({ api, subject: thing, language }) => {
      const path = { id: (thing as Thing).id };
      const changed = await api.post('/api/v1/bots/{id}/rollback', { params: { path }, body: {} });
      const text = {
        en: `The bot ${changed.bot_id} goes back to revision ${changed.revision}.`,
        es: `El bot ${changed.bot_id} vuelve a la revisión ${changed.revision}.`,
      };
      return { text: text[language], data: changed, focus: botOf(changed) };
    },
  },
];
