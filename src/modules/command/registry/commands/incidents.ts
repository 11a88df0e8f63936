import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, pagesOf, STATUS, tellList, tellThing } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { incidentOf, type Thing } from '../things.js';

const STATUSES = [
  'observed',
  'proposed',
  'approved',
  'acting',
  'succeeded',
  'failed',
  'dismissed',
  'passed',
] as const;

const incident = { incident: nameArgument.meta({ description: 'The id of an incident, or how it begins.' }) };
const spoken: Record<string, ArgumentWords> = {
  incident: {
    words: { en: ['incident'], es: ['incidente', 'incidencia'] },
    form: 'name',
    ask: { en: 'Which incident?', es: '¿Qué incidente?' },
  },
};
const filters = {
  status: z.enum(STATUSES).optional(),
  subject_id: nameArgument
    .optional()
    .meta({ description: 'Of this bot, worker, queue or dependency alone, by its id.' }),
};

const acting = actingOn<'approve' | 'dismiss'>({
  plural: 'incidents',
  needs: ['incidents:read', 'incidents:decide'],
  kind: 'incident',
  arguments: z.strictObject(incident),
  spoken,
  subject: 'incident',
  article: { en: 'The incident', es: 'El incidente' },
  done: {
    approve: { en: 'is approved', es: 'está aprobado' },
    dismiss: { en: 'is dismissed', es: 'está descartado' },
  },
  act: async (api, id, what) =>
    incidentOf(await api.post(`/api/v1/incidents/{id}/${what}`, { params: { path: { id } } })),
});

const ABOUT = { en: 'about', es: 'sobre' };
const SYMPTOM = { en: 'symptom', es: 'síntoma' };

/** What something is wrong with: `queue content`. */
function aboutOf(item: object): string {
  return `${String(field(item, 'subject'))} ${String(field(item, 'subject_id'))}`;
}

export const INCIDENT_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'incidents',
    needs: ['incidents:read'],
    kind: 'incident',
    aliases: {
      en: ["what's wrong", 'what is wrong', 'what went wrong'],
      es: ['que va mal', 'que esta mal', 'que ha ido mal'],
    },
    filters,
    spoken: {
      status: STATE_WORDS,
      subject_id: {
        words: { en: ['bot', 'worker', 'queue'], es: ['bot', 'trabajador', 'cola'] },
        form: 'queue',
      },
    },
    help: {
      en: 'What was out of the usual with bots, workers and queues, the newest first.',
      es: 'Lo que salió de lo normal en bots, trabajadores y colas, de lo más nuevo a lo más antiguo.',
    },
    examples: {
      en: ['list incidents', 'show proposed incidents', 'list incidents of bot <bot>'],
      es: ['lista los incidentes', 'muestra los incidentes pendientes'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/incidents', { params: { query } });
      return { things: found.incidents.map(incidentOf), next: found.next_cursor };
    },
    columns: [
      [ABOUT, aboutOf],
      [SYMPTOM, (item) => field(item, 'symptom')],
      [STATUS, (item) => field(item, 'status')],
    ],
  }),
  {
    name: 'incidents.show',
    effect: 'read',
    needs: ['incidents:read'],
    kind: 'incident',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(incident),
    spoken,
    subject: 'incident',
    help: {
      en: 'One incident: what shows it, and what is done about it.',
      es: 'Un incidente: lo que lo muestra, y lo que se hace al respecto.',
    },
    examples: {
      en: ['show the last incident', 'show incident <incident>'],
      es: ['muestra el último incidente', 'muestra el incidente <incidente>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [ABOUT, aboutOf(item)],
          [SYMPTOM, field(item, 'symptom')],
          [{ en: 'measures', es: 'medidas' }, field(item, 'evidence')],
          [{ en: 'action', es: 'acción' }, field(item, 'action')],
          [{ en: 'playbook', es: 'playbook' }, field(item, 'playbook')],
          [STATUS, field(item, 'status')],
          [{ en: 'note', es: 'nota' }, field(item, 'note')],
          [{ en: 'decided by', es: 'lo decidió' }, field(item, 'decided_by')],
          [{ en: 'opened', es: 'abierto' }, field(item, 'opened_at')],
          [{ en: 'closed', es: 'cerrado' }, field(item, 'closed_at')],
        ]),
      ),
  },
  acting('approve', {
    possible: whileIn('status', 'proposed', 'observed'),
    actions: ['approve'],
    help: {
      en: 'Lets self-healing do what it proposes about an incident.',
      es: 'Deja que la autocuración haga lo que propone sobre un incidente.',
    },
    examples: {
      en: ['approve the last incident', 'approve incident <incident>'],
      es: ['aprueba el último incidente', 'aprueba el incidente <incidente>'],
    },
    plan: {
      en: 'Approve the incident {subject} ({symptom}): self-healing does “{action}” to {subject_id}.',
      es: 'Aprobar el incidente {subject} ({symptom}): la autocuración hace «{action}» a {subject_id}.',
    },
  }),
  acting('dismiss', {
    possible: whileIn('status', 'proposed', 'observed'),
    actions: ['dismiss', 'reject'],
    help: {
      en: 'Closes an incident about which nothing is to be done.',
      es: 'Cierra un incidente por el que no hay que hacer nada.',
    },
    examples: {
      en: ['dismiss the last incident', 'reject incident <incident>'],
      es: ['descarta el último incidente', 'rechaza el incidente <incidente>'],
    },
    plan: {
      en: 'Dismiss the incident {subject} ({symptom} of {subject_id}): nothing is done about it.',
      es: 'Descartar el incidente {subject} ({symptom} de {subject_id}): no se hace nada al respecto.',
    },
  }),
  {
    name: 'playbooks.list',
    effect: 'read',
    needs: ['incidents:read'],
    kind: 'playbook',
    actions: ['list'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(LIST_ARGUMENTS),
    spoken: LIST_WORDS,
    help: {
      en: 'What self-healing does about which symptom, and how that went.',
      es: 'Lo que hace la autocuración ante cada síntoma, y cómo le fue.',
    },
    examples: { en: ['list playbooks'], es: ['lista los playbooks'] },
    run: async (call) => {
      const { playbooks } = await call.api.get('/api/v1/playbooks');
      const things = playbooks.map((item): Thing => ({ kind: 'playbook', id: item.id, name: item.id, item }));
      return tellList(call, 'playbook', pagesOf(things), [
        [ABOUT, (item) => field(item, 'subject')],
        [SYMPTOM, (item) => field(item, 'symptom')],
        [{ en: 'action', es: 'acción' }, (item) => field(item, 'action')],
      ]);
    },
  },
];
