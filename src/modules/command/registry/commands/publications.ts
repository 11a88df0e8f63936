import { z } from 'zod';
import type { Language } from '../../language/words.js';
import { field, STATE, tellList, tellThing } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument } from '../arguments.js';
import type { ChatCommand } from '../chat-command.js';
import { publicationOf, type Thing } from '../things.js';

/** How many people have approved it of those who have to: `1 of 2`; null where nobody has to. */
function approvalsOf(item: object, language: Language): string | null {
  const needed = Number(field(item, 'approvals_needed') ?? 0);
  const said = (field(item, 'approvals') ?? []) as readonly { verdict: string }[];
  const given = said.filter(({ verdict }) => verdict === 'approve').length;
  return needed === 0 ? null : `${given} ${language === 'es' ? 'de' : 'of'} ${needed}`;
}

export const PUBLICATION_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'publications.list',
    mentions: { campaign: 'campaign' },
    effect: 'read',
    needs: ['campaigns:read'],
    kind: 'publication',
    actions: ['list'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({
      campaign: nameArgument.optional().meta({ description: 'Of this campaign.' }),
      ...LIST_ARGUMENTS,
    }),
    spoken: { campaign: { words: { en: ['campaign'], es: ['campana'] } }, ...LIST_WORDS },
    help: { en: 'Publications, the next due first.', es: 'Las publicaciones, primero la que toca antes.' },
    examples: {
      en: ['list publications', 'list the publications of campaign <campaign>'],
      es: ['lista las publicaciones', 'lista las publicaciones de la campaña <campaña>'],
    },
    run: (call) =>
      tellList(
        call,
        'publication',
        async (query) => {
          const campaign = call.arguments['campaign'] as string | undefined;
          const found = await call.api.get('/api/v1/publications', {
            params: { query: { ...query, ...(campaign !== undefined && { campaign }) } },
          });
          return { things: found.publications.map(publicationOf), next: found.next_cursor };
        },
        [
          [STATE, (item) => field(item, 'state')],
          [{ en: 'due', es: 'toca' }, (item) => field(item, 'due_at')],
          [
            { en: 'approvals needed', es: 'aprobaciones necesarias' },
            (item) => field(item, 'approvals_needed'),
          ],
        ],
      ),
  },
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
