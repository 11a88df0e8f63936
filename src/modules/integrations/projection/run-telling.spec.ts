import { describe, expect, it } from 'vitest';
import type { HistoricEvent } from '../../simulation/index.js';
import { RunTelling } from './run-telling.js';

const BEGINNING = Date.UTC(2026, 0, 1);
const draft = {
  id: 'draft',
  agent_id: 'a',
  language: 'es' as const,
  caption: 'un mural #Arte',
  hashtags: ['arte', '#calle'],
  quality: 1,
  decision_id: 'decision',
  action: 'allow' as const,
  labels: [],
  variation_count: 0,
};

function telling(): RunTelling {
  return new RunTelling({
    beginning: BEGINNING,
    tickMinutes: 10,
    accounts: new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
    drafts: [draft],
    replyText: '(a reply)',
    replyDecisionId: 'of the reply',
  });
}

const event = (sequence: number, fields: Partial<HistoricEvent>): HistoricEvent => ({
  sequence,
  tick: 0,
  kind: 'post',
  agent_id: 'a',
  post_id: 'p',
  root_id: 'p',
  ...fields,
});

describe('a run', () => {
  it('is told with who follows whom in the end, and without what was removed', () => {
    const run = telling();
    const events = [
      event(0, { draft_id: 'draft' }),
      event(1, { draft_id: 'draft', post_id: 'q', root_id: 'q' }),
      event(2, { kind: 'quote', agent_id: 'b', post_id: 'r', tick: 1 }),
      event(3, { kind: 'comment', agent_id: 'b', comment_id: 'c', tick: 1 }),
      event(4, { kind: 'reaction', agent_id: 'b', reaction: 'like', tick: 1 }),
      event(5, { kind: 'follow', agent_id: 'a', target_id: 'b', post_id: null, root_id: null, tick: 1 }),
      event(6, { kind: 'follow', agent_id: 'b', target_id: 'a', post_id: null, root_id: null, tick: 1 }),
      event(7, { kind: 'unfollow', agent_id: 'b', target_id: 'a', post_id: null, root_id: null, tick: 2 }),
      event(8, { kind: 'read', agent_id: 'b', tick: 2 }),
      event(9, { kind: 'remove', post_id: 'p', tick: 2 }),
      event(10, { kind: 'repost', agent_id: 'b', post_id: 'r3', tick: 3 }),
    ];
    for (const each of events) run.hear(each);
    // The other post, and the answer to what is gone.
    expect(run.told.statuses).toMatchObject([
      { account_id: '1', reblog_of_id: null },
      { account_id: '2', in_reply_to_id: null, in_reply_to_account_id: null },
    ]);
    expect(run.told.favourites).toEqual([]);
    expect(run.told.notifications.map(({ type }) => type)).toEqual(['mention']);
    expect([...run.told.ties]).toEqual([
      ['1 2', true],
      ['2 1', false],
    ]);
    run.hear(event(11, { kind: 'block', agent_id: 'b', target_id: 'a', tick: 3 }));
    expect([...run.told.ties.values()]).toEqual([false, false]);
  });

  it('is told as posts, boosts, replies, favourites and what they are told of', () => {
    const run = telling();
    const events = [
      event(0, { draft_id: 'draft' }),
      event(1, { kind: 'repost', agent_id: 'b', post_id: 'r', tick: 1 }),
      event(2, { kind: 'repost', agent_id: 'b', post_id: 'r2', tick: 1 }),
      event(3, { kind: 'comment', agent_id: 'b', post_id: 'r', comment_id: 'c', tick: 1 }),
      event(4, { kind: 'comment', agent_id: 'a', comment_id: 'd', parent_id: 'c', tick: 2 }),
      event(5, { kind: 'reaction', agent_id: 'b', post_id: 'r', reaction: 'love', tick: 2 }),
      event(6, { kind: 'reaction', agent_id: 'b', reaction: 'dislike', tick: 2 }),
      event(7, { kind: 'reaction', agent_id: 'nobody', reaction: 'like', tick: 2 }),
    ];
    for (const each of events) run.hear(each);
    const [post, boost, reply, answer] = run.told.statuses;
    expect(run.told.statuses).toHaveLength(4);
    expect(post).toMatchObject({
      account_id: '1',
      text: 'un mural #Arte\n\n#calle',
      decision_id: 'decision',
      tags: ['arte', 'calle'],
    });
    expect(boost).toMatchObject({ account_id: '2', reblog_of_id: post?.id, decision_id: null });
    expect(reply).toMatchObject({
      in_reply_to_id: post?.id,
      in_reply_to_account_id: '1',
      decision_id: 'of the reply',
    });
    expect(answer).toMatchObject({ in_reply_to_id: reply?.id, in_reply_to_account_id: '2', account_id: '1' });
    expect(run.told.favourites).toMatchObject([{ account_id: '2', status_id: post?.id }]);
    expect(run.told.notifications.map(({ type, account_id }) => [type, account_id])).toEqual([
      ['reblog', '1'],
      ['mention', '1'],
      ['mention', '2'],
      ['favourite', '1'],
    ]);
  });

  it('has ids and times that grow, within the tick', () => {
    const run = telling();
    for (let n = 0; n < 5_000; n += 1)
      run.hear(event(n, { draft_id: 'draft', post_id: `p${n}`, root_id: `p${n}`, tick: n < 4_000 ? 0 : 1 }));
    const ids = run.told.statuses.map(({ id }) => BigInt(id));
    expect(ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? 0n))).toBe(true);
    const times = run.told.statuses.map(({ created_at }) => Date.parse(created_at));
    expect(times[3_999]).toBeLessThan(BEGINNING + 600_000);
    expect(times[4_000]).toBe(BEGINNING + 600_000);
  });
});
