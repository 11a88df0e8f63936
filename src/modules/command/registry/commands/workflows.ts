import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, STATE, tellThing } from '../answers.js';
import { nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { workflowOf, type Thing } from '../things.js';

const STATES = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;
/** Those that are told what they work on in a few words. */
const NAMES = ['onboarding', 'content_publication', 'moderation_escalation'] as const;

const workflow = { workflow: nameArgument.meta({ description: 'The id of a workflow, or how it begins.' }) };
const spoken: Record<string, ArgumentWords> = {
  workflow: {
    words: { en: ['workflow'], es: ['flujo'] },
    form: 'name',
    ask: { en: 'Which workflow?', es: '¿Qué flujo?' },
  },
};

const starting = z
  .strictObject({
    workflow: z.enum(NAMES).meta({ description: 'Which workflow.' }),
    population: nameArgument.optional().meta({ description: 'Of onboarding and publication.' }),
    template: nameArgument.optional().meta({ description: 'Of a publication: what is written from.' }),
    decision: nameArgument.optional().meta({ description: 'Of an escalation: what waits for people.' }),
  })
  .refine(({ workflow: name, decision }) => name !== 'moderation_escalation' || decision !== undefined, {
    message: 'is needed: which decision waits for people',
    path: ['decision'],
  })
  .refine(({ workflow: name, population }) => name === 'moderation_escalation' || population !== undefined, {
    message: 'is needed: which population',
    path: ['population'],
  })
  .refine(({ workflow: name, template }) => name !== 'content_publication' || template !== undefined, {
    message: 'is needed: which template is written from',
    path: ['template'],
  });

const acting = actingOn<'cancel' | 'retry'>({
  plural: 'workflows',
  needs: ['workflows:read', 'workflows:run'],
  kind: 'workflow',
  arguments: z.strictObject(workflow),
  spoken,
  subject: 'workflow',
  article: { en: 'The workflow', es: 'El flujo' },
  done: {
    cancel: { en: 'is cancelled', es: 'está cancelado' },
    retry: { en: 'goes on', es: 'continúa' },
  },
  act: async (api, id, what) =>
    workflowOf(await api.post(`/api/v1/workflows/{id}/${what}`, { params: { path: { id } } })),
});

export const WORKFLOW_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'workflows',
    needs: ['workflows:read'],
    kind: 'workflow',
    filters: { state: z.enum(STATES).optional() },
    spoken: { state: STATE_WORDS },
    help: { en: 'Workflows, the newest first.', es: 'Los flujos, del más nuevo al más antiguo.' },
    examples: {
      en: ['list workflows', 'show the failed workflows'],
      es: ['lista los flujos', 'muestra los flujos fallidos'],
    },
    page: async (api, { state, ...query }) => {
      const found = await api.get('/api/v1/workflows', {
        params: { query: { ...query, ...(state !== undefined && { state: [state] }) } },
      });
      return { things: found.workflows.map(workflowOf), next: found.next_cursor };
    },
    columns: [
      [{ en: 'kind', es: 'tipo' }, (item) => field(item, 'workflow')],
      [STATE, (item) => field(item, 'state')],
      [{ en: 'step', es: 'paso' }, (item) => field(item, 'step')],
    ],
  }),
  {
    name: 'workflows.show',
    effect: 'read',
    needs: ['workflows:read'],
    kind: 'workflow',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(workflow),
    spoken,
    subject: 'workflow',
    help: {
      en: 'A workflow: at which step it is, what it waits for, why it failed.',
      es: 'Un flujo: en qué paso está, qué espera, por qué falló.',
    },
    examples: {
      en: ['show the last workflow', 'show workflow <workflow>'],
      es: ['muestra el último flujo', 'muestra el flujo <flujo>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'kind', es: 'tipo' }, field(item, 'workflow')],
          [STATE, field(item, 'state')],
          [{ en: 'step', es: 'paso' }, field(item, 'step')],
          [{ en: 'waits for', es: 'espera' }, field(item, 'waits_for', 'kind')],
          [{ en: 'why', es: 'por qué' }, field(item, 'reason')],
          [{ en: 'started by', es: 'iniciado por' }, field(item, 'started_by')],
        ]),
      ),
  },
  {
    name: 'workflows.start',
    mentions: { population: 'population' },
    effect: 'write',
    needs: ['workflows:run'],
    kind: 'workflow',
    actions: ['start', 'run'],
    aliases: { en: [], es: [] },
    arguments: starting,
    spoken: {
      workflow: {
        words: { en: ['workflow'], es: ['flujo'] },
        form: 'name',
        ask: {
          en: 'Which workflow: onboarding, content_publication or moderation_escalation?',
          es: '¿Qué flujo: onboarding, content_publication o moderation_escalation?',
        },
      },
      population: { words: { en: ['population'], es: ['poblacion'] } },
      template: { words: { en: ['template'], es: ['plantilla'] } },
      decision: { words: { en: ['decision'], es: ['decision'] } },
    },
    help: {
      en: 'Starts a workflow: onboarding of a population, publication of what it writes, or escalation of a decision.',
      es: 'Inicia un flujo: el alta de una población, la publicación de lo que escribe, o el escalado de una decisión.',
    },
    examples: {
      en: [
        'start workflow onboarding for population <population>',
        'start workflow content_publication with template street_art_campaign for population <population>',
      ],
      es: [
        'inicia el flujo onboarding para la población <población>',
        'inicia el flujo content_publication con la plantilla street_art_campaign para la población <población>',
      ],
    },
    plan: {
      en: 'Start the workflow {workflow} (population {population}, template {template}, decision {decision}); its steps follow by themselves.',
      es: 'Iniciar el flujo {workflow} (población {population}, plantilla {template}, decisión {decision}); sus pasos siguen por sí solos.',
    },
    run: async ({ api, arguments: given, language }) => {
      const { workflow: name, population, template, decision } = starting.parse(given);
      const inputs = {
        onboarding: { population },
        content_publication: { population, template },
        moderation_escalation: { decision },
      };
      const body = { workflow: name, input: inputs[name] } as { workflow: 'onboarding'; input: object };
      const made = await api.post('/api/v1/workflows', { body });
      const text = { en: `The workflow ${made.id} is under way.`, es: `El flujo ${made.id} está en marcha.` };
      return { text: text[language], data: made, focus: workflowOf(made) };
    },
  },
  acting('cancel', {
    effect: 'destructive',
    possible: whileIn('state', 'running', 'waiting'),
    actions: ['cancel', 'stop'],
    help: {
      en: 'Cancels a workflow: what it has done stays, what it has to publish is not published.',
      es: 'Cancela un flujo: lo hecho queda, lo que tenía que publicar no se publica.',
    },
    examples: {
      en: ['cancel workflow <workflow>', 'cancel the last workflow'],
      es: ['cancela el flujo <flujo>', 'cancela el último flujo'],
    },
    plan: {
      en: 'Cancel the workflow {subject}: what it has done stays, what it has to publish is never published.',
      es: 'Cancelar el flujo {subject}: lo hecho queda, lo que tenía que publicar no se publicará.',
    },
  }),
  acting('retry', {
    possible: whileIn('state', 'failed', 'cancelled'),
    actions: ['resume', 'restart'],
    help: {
      en: 'Lets a failed or cancelled workflow go on where it ended.',
      es: 'Deja que un flujo fallido o cancelado continúe donde terminó.',
    },
    examples: { en: ['resume workflow <workflow>'], es: ['reanuda el flujo <flujo>'] },
    plan: {
      en: 'Let the workflow {subject} go on with the step that it ended at.',
      es: 'Dejar que el flujo {subject} continúe con el paso en que terminó.',
    },
  }),
];
