import { z } from 'zod';
import type { Language } from '../../language/words.js';
import { field, STATE, tellThing } from '../answers.js';
import { nameArgument } from '../arguments.js';
import type { ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { publicationOf, type Thing } from '../things.js';

/** How many people have approved it of those who have to: `1 of 2`; null where nobody has to. */
function approvalsOf(item: object, language: Language): string | null {
  const needed = Number(field(item, 'approvals_needed') ?? 0);
  const said = (field(item, 'approvals') ?? []) as readonly { verdict: string }[];
  const given = said.filter(({ verdict }) => verdict === 'approve').length;
  return needed === 0 ? null : `${given} ${language === 'es' ? 'de' : 'of'} ${needed}`;
}

export const PUBLICATION_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'publications',
    mentions: { campaign: 'campaign' },
    needs: ['campaigns:read'],
    kind: 'publication',
    filters: { campaign: nameArgument.optional().meta({ description: 'Of this campaign.' }) },
    spoken: { campaign: { words: { en: ['campaign'], es: ['campana'] } } },
    help: { en: 'Publications, the next due first.', es: 'Las publicaciones, primero la que toca antes.' },
    examples: {
      en: ['list publications', 'list the publications of campaign <campaign>'],
      es: ['lista las publicaciones', 'lista las publicaciones de la campaña <campaña>'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/publications', { params: { query } });
      return { things: found.publications.map(publicationOf), next: found.next_cursor };
    },
    columns: [
      [STATE, (item) => field(item, 'state')],
      [{ en: 'due', es: 'toca' }, (item) => field(item, 'due_at')],
      [{ en: 'approvals needed', es: 'aprobaciones necesarias' }, (item) => field(item, 'approvals_needed')],
    ],
  }),
  {
    name: 'publications.show',
    effect: 'read',
    needs: ['campaigns:read'],
    kind: 'publication',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({
      publication: nameArgument.meta({ description: 'The id of a publication, or how it begins.' }),
    }),
    spoken: {
      publication: {
        words: { en: ['publication'], es: ['publicacion'] },
        form: 'name',
        ask: { en: 'Which publication?', es: '¿Qué publicación?' },
      },
    },
    subject: 'publication',
    help: {
      en: 'One publication: whether it is out, where, and why not.',
      es: 'Una publicación: si ha salido, dónde, y por qué no.',
    },
    examples: { en: ['show publication <publication>'], es: ['muestra la publicación <publicación>'] },
    run: async (call) => {
      // A list does not say who has approved.
      const path = { id: (call.subject as Thing).id };
      const thing = publicationOf(await call.api.get('/api/v1/publications/{id}', { params: { path } }));
      return tellThing(call, thing, (item) => [
        [STATE, field(item, 'state')],
        [{ en: 'due', es: 'toca' }, field(item, 'due_at')],
        [{ en: 'approvals', es: 'aprobaciones' }, approvalsOf(item, call.language)],
        [{ en: 'agent', es: 'agente' }, field(item, 'agent_id')],
        [{ en: 'draft', es: 'borrador' }, field(item, 'draft_id')],
        [{ en: 'where', es: 'dónde' }, field(item, 'url')],
        [{ en: 'why', es: 'por qué' }, field(item, 'reason')],
      ]);
    },
  },
];
