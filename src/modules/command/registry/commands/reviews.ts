import { z } from 'zod';
import { field, SEVERITY, STATUS, tellThing } from '../answers.js';
import { nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { stateText } from '../states.js';
import type { Thing } from '../things.js';

const STATUSES = ['open', 'second_opinion', 'disputed', 'closed'] as const;
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
const VERDICTS = ['uphold', 'release', 'label'] as const;

const severity: ArgumentWords = { words: { en: ['severity'], es: ['gravedad'] }, form: 'severity' };
const review: ArgumentWords = {
  words: { en: ['review', 'case'], es: ['revision', 'caso'] },
  form: 'name',
  ask: { en: 'Which review?', es: '¿Qué revisión?' },
};

const opinion = z.strictObject({
  review: nameArgument.meta({ description: 'The id of a review, or how it begins.' }),
  verdict: z
    .enum(VERDICTS)
    .meta({ description: '`uphold`: blocked; `release`: it goes on; `label`: with labels.' }),
  reason: z.string().min(1).max(2_000).meta({ description: 'Why.' }),
});

function reviewOf(item: { id: string }): Thing {
  return { kind: 'review', id: item.id, name: item.id, item };
}

export const REVIEW_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'reviews',
    needs: ['reviews:read'],
    kind: 'review',
    aliases: {
      en: ['what is there to review', 'what needs review'],
      es: ['que hay que revisar', 'que falta por revisar'],
    },
    filters: { status: z.enum(STATUSES).optional(), severity: z.enum(SEVERITIES).optional() },
    spoken: { status: STATE_WORDS, severity },
    help: { en: 'Reviews, the most urgent first.', es: 'Las revisiones, de la más urgente a la menos.' },
    examples: {
      en: ['list open reviews', 'show critical reviews'],
      es: ['lista las revisiones abiertas', 'muestra las revisiones críticas'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/reviews', { params: { query } });
      return { things: found.reviews.map(reviewOf), next: found.next_cursor };
    },
    columns: [
      [SEVERITY, (item) => field(item, 'severity')],
      [STATUS, (item) => field(item, 'status')],
    ],
  }),
  {
    name: 'reviews.show',
    effect: 'read',
    needs: ['reviews:read'],
    kind: 'review',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ review: nameArgument }),
    spoken: { review },
    subject: 'review',
    help: { en: 'One review and the text it is about.', es: 'Una revisión y el texto del que trata.' },
    examples: { en: ['show the first review'], es: ['muestra la primera revisión'] },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATUS, field(item, 'status')],
          [SEVERITY, field(item, 'severity')],
          [{ en: 'claimed by', es: 'la tiene' }, field(item, 'claimed_by')],
          [{ en: 'due', es: 'vence' }, field(item, 'due_at')],
          [{ en: 'texts', es: 'textos' }, field(item, 'texts')],
        ]),
      ),
  },
  {
    name: 'reviews.claim',
    possible: whileIn('status', 'open', 'second_opinion', 'disputed'),
    effect: 'write',
    needs: ['reviews:read', 'reviews:decide'],
    kind: 'review',
    actions: ['claim'],
    aliases: {
      en: [
        'give me a review',
        'give me the next review',
        'claim the next review',
        'next review',
        'take the next review',
      ],
      es: [
        'dame una revision',
        'dame la siguiente revision',
        'reclama la siguiente revision',
        'siguiente revision',
        'toma la siguiente revision',
      ],
    },
    arguments: z.strictObject({ review: nameArgument.optional(), severity: z.enum(SEVERITIES).optional() }),
    spoken: { review, severity },
    subject: 'review',
    help: {
      en: 'Claims a review for you: the one you name, or the most urgent.',
      es: 'Te asigna una revisión: la que nombres, o la más urgente.',
    },
    examples: {
      en: ['claim the next review', 'claim review <review>'],
      es: ['reclama la siguiente revisión', 'reclama la revisión <revisión>'],
    },
    plan: {
      en: 'Claim the review {subject} for you for a while, so that nobody else decides it meanwhile.',
      es: 'Asignarte la revisión {subject} por un rato, para que nadie más la decida mientras tanto.',
    },
    run: async ({ api, subject, arguments: given, language }) => {
      const grave = given['severity'] as (typeof SEVERITIES)[number] | undefined;
      const item =
        subject === undefined
          ? await api.post('/api/v1/reviews/claim', {
              body: { ...(grave !== undefined && { severity: grave }) },
            })
          : await api.post('/api/v1/reviews/{id}/claim', { params: { path: { id: subject.id } } });
      const text = {
        en: `The review ${item.id} is yours until ${item.claimed_until ?? ''}.`,
        es: `La revisión ${item.id} es tuya hasta ${item.claimed_until ?? ''}.`,
      };
      return { text: text[language], data: item, focus: reviewOf(item) };
    },
  },
  {
    name: 'reviews.decide',
    possible: whileIn('status', 'open', 'second_opinion', 'disputed'),
    effect: 'destructive',
    needs: ['reviews:read', 'reviews:decide'],
    kind: 'review',
    actions: ['decide', 'uphold', 'reject', 'release', 'approve', 'label'],
    aliases: { en: [], es: [] },
    arguments: opinion,
    spoken: {
      review,
      verdict: {
        words: { en: ['verdict'], es: ['veredicto'] },
        form: 'verdict',
        ask: {
          en: 'Uphold, release or label?',
          es: '¿Mantener (uphold), liberar (release) o etiquetar (label)?',
        },
      },
      reason: {
        words: { en: ['reason'], es: ['motivo'] },
        form: 'reason',
        ask: { en: 'Why? Say the reason.', es: '¿Por qué? Di el motivo.' },
      },
    },
    subject: 'review',
    help: {
      en: 'Decides a review: uphold blocks the text, release lets it go on, label marks it.',
      es: 'Decide una revisión: mantener bloquea el texto, liberar lo deja seguir, etiquetar lo marca.',
    },
    examples: {
      en: ['release review <review> because it is satire', 'uphold it because it names a real person'],
      es: [
        'libera la revisión <revisión> porque es sátira',
        'rechaza la revisión <revisión> porque nombra a una persona real',
      ],
    },
    plan: {
      en: 'Decide the review {subject}: {verdict}, because {reason}. A decision cannot be taken back, only appealed.',
      es: 'Decidir la revisión {subject}: {verdict}, porque {reason}. Una decisión no se retira, solo se apela.',
    },
    run: async ({ api, subject, arguments: given, language }) => {
      const { verdict, reason } = opinion.parse(given);
      const { id } = subject as Thing;
      const item = await api.post('/api/v1/reviews/{id}/decide', {
        params: { path: { id } },
        body: { verdict, reason, labels: [], second_opinion: false },
      });
      const text = {
        en: `The review ${id} is ${item.status}.`,
        es: `La revisión ${id} está ${stateText(item.status, 'review', 'es')}.`,
      };
      return { text: text[language], data: item, focus: reviewOf(item) };
    },
  },
];
