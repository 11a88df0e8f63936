import { z } from 'zod';
import { links, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { EXPOSURE_REASONS, REACTIONS } from '../../../engine/index.js';
import { MOST_OUTSIDE } from '../deciders/deciders.schema.js';
import { ACT_KINDS } from '../deciders/act-kinds.js';
import { DEEDS, type Offer, type OfferedComment } from '../deciders/offers.rules.js';
import type { HandedIn, OpenTurn } from '../deciders/turns.service.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';
import { runPath } from './run-links.js';

/** The most acts of a decision: more than a feed has entries to do them to. */
const MOST_ACTS = 500;

const tick = z
  .int()
  .min(0)
  .max(MAX_TICKS)
  .meta({ description: 'From 0.', examples: [12] });

const CommentDto = z.strictObject({ comment_id: uuid, agent_id: uuid });

const OfferDto = wire(
  'Offer',
  z
    .strictObject({
      agent_id: uuid,
      decider: z.int().meta({ description: 'Place of its decider in the scenario, from 0.' }),
      decided: z.boolean().meta({ description: 'Whether a decision was handed in.' }),
      accepts: z.array(z.enum(DEEDS)).meta({
        description: 'What the agent can do: one of these.',
        examples: [['nothing', 'read', 'post']],
      }),
      draft: z
        .strictObject({ draft_id: uuid, caption: z.string(), hashtags: z.array(z.string()) })
        .nullable()
        .meta({ description: 'What it posts if it does.' }),
      notification: CommentDto.extend({ post_id: uuid })
        .nullable()
        .meta({ description: 'The comment that it is told of; a comment with its ids answers it.' }),
      feed: z
        .array(
          z.strictObject({
            rank: z.int().meta({ description: 'From 0.' }),
            post_id: uuid.meta({ description: 'The post, repost or quote that is shown; acts name it.' }),
            root_id: uuid.meta({ description: 'The original that it leads to.' }),
            draft_id: uuid,
            author_id: uuid.meta({ description: 'Who wrote the original.' }),
            by_agent_id: uuid.meta({ description: 'Who posted, reposted or quoted it.' }),
            source: z.enum(EXPOSURE_REASONS).meta({ description: 'Why it is shown.' }),
            score: z.number().meta({ description: 'What ranked it, to four decimals.' }),
            tick: z.int().meta({ description: 'In which it was posted, reposted or quoted.' }),
            caption: z.string(),
            hashtags: z.array(z.string()),
            comments: z
              .array(CommentDto)
              .meta({ description: 'The latest comments of others, which can be answered.' }),
            accepts: z.array(z.enum(ACT_KINDS)).meta({ description: 'What can be done about it.' }),
          }),
        )
        .meta({ description: 'What it is shown if it reads, the best first.' }),
    })
    .describe('What an agent sees in a tick, and can do.'),
);

export const AwaitedDecisionsDto = wire(
  'AwaitedDecisions',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      tick,
      due_at: time.meta({ description: 'When the run goes on without the decisions that are missing.' }),
      missing: z.int().meta({ description: 'Agents for whom nobody has decided yet.' }),
      agents: z.array(OfferDto),
      links,
    })
    .describe('The tick that a run waits for, and what is asked of whom.'),
);
export type AwaitedDecisionsDto = z.infer<typeof AwaitedDecisionsDto>;

export const DecisionsQueryDto = z.strictObject({
  agent_id: uuid.optional().meta({ description: 'Only what this agent is asked.' }),
  missing: z
    .boolean()
    .optional()
    .meta({ description: 'Whether only agents are listed for whom nobody has decided yet.' }),
});
export type DecisionsQueryDto = z.infer<typeof DecisionsQueryDto>;

const ActDto = z.strictObject({
  kind: z.enum(ACT_KINDS),
  post_id: uuid.meta({
    description: 'An entry of the feed; of an answer to a notification, the post there.',
  }),
  reaction: z.enum(REACTIONS).optional().meta({ description: 'Of a reaction.' }),
  comment_id: uuid.optional().meta({ description: 'Of a comment, the comment that it answers.' }),
});

export const DecisionsRequestDto = wire(
  'DecisionsRequest',
  z
    .strictObject({
      tick: tick.meta({ description: 'The tick that is waited for.' }),
      decisions: z
        .array(
          z.strictObject({
            agent_id: uuid,
            does: z.enum(DEEDS).meta({ description: 'One of what the agent `accepts`.' }),
            leaves: z.boolean().optional().meta({
              description: 'Of somebody who reads and does nothing: whether it leaves the network.',
            }),
            acts: z
              .array(ActDto)
              .max(MOST_ACTS)
              .optional()
              .meta({ description: 'Of somebody who reads: what it does about what it is shown.' }),
          }),
        )
        .min(1)
        .max(MOST_OUTSIDE),
    })
    .describe('What agents do in the tick that a run waits for. It is taken as a whole or not at all.'),
);
export type DecisionsRequestDto = z.infer<typeof DecisionsRequestDto>;

export const HandedInDto = wire(
  'HandedInDecisions',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      tick,
      accepted: z.int().meta({ description: 'Decisions that are new.' }),
      repeated: z.int().meta({ description: 'Decisions that were handed in before, the same.' }),
      missing: z.int().meta({ description: 'Agents for whom nobody has decided yet; at 0 the run goes on.' }),
      links,
    })
    .describe('What became of decisions that were handed in.'),
);
export type HandedInDto = z.infer<typeof HandedInDto>;

/** Path of the decisions that a run waits for. */
function decisionsPath(id: string): string {
  return `${runPath(id)}/decisions`;
}

export function awaitedDecisionsDto(
  { turn, offers }: OpenTurn,
  { agent_id, missing }: DecisionsQueryDto,
): AwaitedDecisionsDto {
  const { run_id, tick: awaited, due_at, decisions, asked } = turn;
  const agents = offers
    .filter((offer) => agent_id === undefined || offer.agent_id === agent_id)
    .filter((offer) => missing !== true || decisions[offer.agent_id] === undefined)
    .map((offer) => offerDto(offer, decisions[offer.agent_id] !== undefined));
  return {
    synthetic: true,
    run_id,
    tick: awaited,
    due_at: (due_at ?? turn.opened_at).toISOString(),
    missing: asked - Object.keys(decisions).length,
    agents,
    links: { run: runPath(run_id), self: decisionsPath(run_id) },
  };
}

export function handedInDto(
  id: string,
  awaited: number,
  { accepted, repeated, missing }: HandedIn,
): HandedInDto {
  return {
    synthetic: true,
    run_id: id,
    tick: awaited,
    accepted,
    repeated,
    missing,
    links: { run: runPath(id), decisions: decisionsPath(id) },
  };
}

function offerDto(
  { agent_id, decider, accepts, draft, notification, feed }: Offer,
  decided: boolean,
): z.infer<typeof OfferDto> {
  return {
    agent_id,
    decider,
    decided,
    accepts: [...accepts],
    draft: draft && { ...draft, hashtags: [...draft.hashtags] },
    notification: notification && { ...commentDto(notification), post_id: notification.post_id },
    feed: feed.map(({ root: _number, hashtags, comments, accepts: kinds, ...entry }) => ({
      ...entry,
      hashtags: [...hashtags],
      comments: comments.map(commentDto),
      accepts: [...kinds],
    })),
  };
}

function commentDto({ comment_id, agent_id }: OfferedComment): z.infer<typeof CommentDto> {
  return { comment_id, agent_id };
}
