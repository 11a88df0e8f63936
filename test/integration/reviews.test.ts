import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { ComplianceService, type RuleMatch } from '../../src/modules/compliance/index.js';
import { testApplication, type Answered, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';

type Severity = RuleMatch['severity'];

interface Review {
  id: string;
  subject: { type: string; id: string };
  decided: string;
  severity: Severity;
  status: string;
  round: number;
  outcome: string | null;
  labels: string[];
  claimed_by: string | null;
  claimed_until: string | null;
  due_at: string;
  overdue: boolean;
  closed_at: string | null;
  escalated: boolean;
  escalation: { round: number; reviewer: string; reason: string } | null;
  earlier: { id: string; action: string; outcome: string; reviewed: boolean; rules: string[] }[];
  decision: { reasons: string; matches: { text: string }[] };
  texts: { field: string; text: string }[] | null;
  opinions: { round: number; stage: string; reviewer: string; verdict: string; reason: string }[];
  appeals: { round: number; appellant: string; against: string; reason: string }[];
  code?: string;
  reviews: Review[];
}

/** Somebody who reviews. */
interface Person {
  name: string;
  call: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<Answered<Review>>;
}

let test: TestApplication;
let owner: pg.Client;
let people: Person[];
let ann: Person;
let ben: Person;
let cat: Person;
let dan: Person;

beforeAll(async () => {
  test = await testApplication({}, 'api');
  owner = new pg.Client(test.runtime.database.owner.url);
  await owner.connect();
  people = await Promise.all(Array.from({ length: 20 }, () => person('operator')));
  [ann, ben, cat, dan] = people as [Person, Person, Person, Person];
});
afterAll(async () => {
  await owner?.end();
  await test?.close();
});
beforeEach(async () => {
  await owner.query('TRUNCATE reviews CASCADE');
});

async function person(role: string): Promise<Person> {
  const { username, authorization } = await makeCaller(test.app, role);
  return {
    name: username,
    call: (method, path, body) =>
      test.call<Review>(method, `/api/v1/reviews${path}`, body, {
        authorization,
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      }),
  };
}

type Held = 'review' | 'escalate' | 'block';

const match = (severity: Severity, action: Held): RuleMatch => ({
  policy: 'test',
  policy_version: '1.0.0',
  rule: 'doubtful',
  title: 'Doubtful',
  severity,
  action,
  field: 'caption',
  start: 0,
  end: 5,
  text: 'doubt',
});

/** A decision of the guard that holds a text; its id. */
async function decision(
  severity: Severity = 'medium',
  action: Held = 'review',
  about: { id?: string; agentId?: string } = {},
): Promise<string> {
  const compliance = test.app.get(ComplianceService, { strict: false });
  const evaluation = {
    action,
    compliance_score: 0.5,
    labels: ['doubtful'],
    matches: [match(severity, action)],
    shadow_matches: [],
    scores: null,
  };
  const assessment = {
    evaluation,
    textHash: randomUUID(),
    checked: true,
    latencyUs: 7,
    policies: [],
    fingerprint: 'test',
  };
  const subject = { type: 'note', id: randomUUID(), ...about };
  return test.app
    .get(DataSource)
    .transaction(async (manager) => (await compliance.record(manager, subject, assessment, 'worker')).id);
}

/** Claims and decides. */
async function decide(
  who: Person,
  id: string,
  verdict: string,
  more: object = {},
): Promise<Answered<Review>> {
  const claimed = await who.call('POST', `/${id}/claim`);
  if (claimed.status !== 200) return claimed;
  return who.call('POST', `/${id}/decide`, { verdict, reason: `because of ${verdict}`, ...more });
}

const outcomeOf = async (id: string): Promise<unknown> => {
  const [row] = await test.app
    .get(DataSource)
    .query<object[]>('SELECT action, labels, reviewed FROM decision_outcomes WHERE id = $1', [id]);
  return row;
};

const audited = async (id: string): Promise<string[]> => {
  const rows = await test.app
    .get(DataSource)
    .query<{ action: string }[]>(
      `SELECT action FROM audit WHERE subject_type = 'decision' AND subject_id = $1 ORDER BY sequence`,
      [id],
    );
  return rows.map(({ action }) => action);
};

/** Types of the events about a review, in their order. */
const eventsOf = async (id: string): Promise<string[]> => {
  const rows = await test.app
    .get(DataSource)
    .query<{ type: string }[]>('SELECT type FROM outbox WHERE topic = $1 ORDER BY batch, n', [
      `reviews.${id}`,
    ]);
  return rows.map(({ type }) => type);
};

describe('the queue', () => {
  it('has what the guard holds for review, with the reasons, due by severity, and not what it blocks', async () => {
    const ids = {
      low: await decision('low'),
      critical: await decision('critical'),
      medium: await decision('medium'),
      high: await decision('high'),
    };
    await decision('high', 'block');
    const { body } = await ann.call('GET', '');
    expect(body.reviews.map(({ severity }) => severity)).toEqual(['critical', 'high', 'medium', 'low']);
    const { body: review } = await ann.call('GET', `/${ids.critical}`);
    expect(review).toMatchObject({
      id: ids.critical,
      decided: 'review',
      status: 'open',
      outcome: null,
      claimed_by: null,
      overdue: false,
      texts: null,
      decision: { matches: [{ text: 'doubt' }], reasons: expect.stringContaining('test/doubtful') as string },
    });
    const hours = Object.fromEntries(
      body.reviews.map(({ severity, due_at }) => [
        severity,
        Math.round((Date.parse(due_at) - Date.now()) / 3_600_000),
      ]),
    );
    expect(hours).toEqual({ critical: 1, high: 4, medium: 24, low: 72 });
    expect(await eventsOf(ids.low)).toEqual(['review.opened']);
  });

  it('tells what is overdue, in lists and in the metrics', async () => {
    const [late, early] = [await decision('critical'), await decision('low')];
    await owner.query(`UPDATE reviews SET due_at = now() - interval '1 minute' WHERE id = $1`, [late]);
    const listed = async (filter: string): Promise<string[]> =>
      (await ann.call('GET', `?${filter}`)).body.reviews.map(({ id }) => id);
    expect(await listed('overdue=true')).toEqual([late]);
    expect(await listed('overdue=false')).toEqual([early]);
    expect(await listed('severity=low')).toEqual([early]);
    const { body } = await test.call<string>('GET', '/metrics');
    expect(body).toContain('azt3knet_reviews_waiting 2\n');
    expect(body).toContain('azt3knet_reviews_overdue 1\n');
    await decide(ann, late, 'uphold');
    expect(await listed('overdue=true')).toEqual([]);
    expect((await test.call<string>('GET', '/metrics')).body).toContain(
      'azt3knet_reviews_closed_total{outcome="block",late="true"} 1\n',
    );
  });
});

describe('a claim', () => {
  it('is one person’s, however many ask at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => decision()));
    const answers = await Promise.all(people.map((who) => who.call('POST', '/claim', {})));
    const claimed = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
    expect(claimed.toSorted()).toEqual(ids.toSorted());
    const others = answers.filter(({ status }) => status !== 200);
    expect(others.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 8 }, () => [404, 'review_none_waiting']),
    );
  });

  it('of one review by twenty people succeeds once', async () => {
    const id = await decision();
    const answers = await Promise.all(people.map((who) => who.call('POST', `/${id}/claim`)));
    const codes = answers.map(({ status, body }) => body.code ?? status);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.filter((code) => code === 'review_claimed')).toHaveLength(19);
    expect((await audited(id)).filter((action) => action === 'review.claim')).toHaveLength(1);
  });

  it('goes first to what is due first, or of a severity', async () => {
    await decision('low');
    const [critical, high] = [await decision('critical'), await decision('high')];
    expect((await ann.call('POST', '/claim', { severity: 'high' })).body.id).toBe(high);
    expect((await ann.call('POST', '/claim', {})).body).toMatchObject({ id: critical, claimed_by: ann.name });
    const { body } = await ann.call('GET', '?mine=true');
    expect(body.reviews.map(({ id }) => id)).toEqual([critical, high]);
  });

  it('ends when its time has passed, and then is another’s', async () => {
    const id = await decision();
    await ann.call('POST', `/${id}/claim`);
    expect((await ben.call('POST', '/claim', {})).status).toBe(404);
    await owner.query(`UPDATE reviews SET claimed_until = now() - interval '1 second'`);
    expect((await ann.call('GET', `/${id}`)).body).toMatchObject({ claimed_by: null, claimed_until: null });
    const late = await ann.call('POST', `/${id}/decide`, { verdict: 'uphold', reason: 'too late' });
    expect([late.status, late.body.code]).toEqual([409, 'review_claim_needed']);
    expect((await ben.call('POST', '/claim', {})).body).toMatchObject({ id, claimed_by: ben.name });
    const taken = await ann.call('POST', `/${id}/claim`);
    expect([taken.status, taken.body.code]).toEqual([409, 'review_claimed']);
  });

  it('can be had longer, and given back', async () => {
    const id = await decision();
    const { claimed_until: first } = (await ann.call('POST', `/${id}/claim`)).body;
    const { claimed_until: second } = (await ann.call('POST', `/${id}/claim`)).body;
    expect(Date.parse(second ?? '')).toBeGreaterThan(Date.parse(first ?? ''));
    expect((await ben.call('DELETE', `/${id}/claim`)).body.code).toBe('review_claim_needed');
    expect((await ann.call('DELETE', `/${id}/claim`)).status).toBe(204);
    expect((await ben.call('POST', `/${id}/claim`)).status).toBe(200);
    expect(await eventsOf(id)).toEqual([
      'review.opened',
      'review.claimed',
      'review.claimed',
      'review.returned',
      'review.claimed',
    ]);
    expect(await audited(id)).toEqual(['review.claim', 'review.claim', 'review.return', 'review.claim']);
  });

  it('is needed to decide, and those who decide are people', async () => {
    const id = await decision();
    const without = await ann.call('POST', `/${id}/decide`, { verdict: 'release', reason: 'no claim' });
    expect([without.status, without.body.code]).toEqual([409, 'review_claim_needed']);
    const robot = await person('operator');
    await owner.query(`UPDATE users SET kind = 'service' WHERE username = $1`, [robot.name]);
    for (const path of ['/claim', `/${id}/claim`, `/${id}/decide`]) {
      const { status, body } = await robot.call(
        'POST',
        path,
        path.endsWith('decide') ? { verdict: 'uphold', reason: 'beep' } : {},
      );
      expect([path, status, body.code]).toEqual([path, 403, 'review_person_needed']);
    }
  });
});

describe('an opinion', () => {
  it.each([
    ['uphold', {}, { action: 'block', labels: ['doubtful'], reviewed: true }],
    ['release', {}, { action: 'allow', labels: ['doubtful'], reviewed: true }],
    ['label', { labels: ['satire'] }, { action: 'label', labels: ['doubtful', 'satire'], reviewed: true }],
  ])('%s closes a review, and what it says holds', async (verdict, more, outcome) => {
    const id = await decision();
    expect(await outcomeOf(id)).toEqual({ action: 'review', labels: ['doubtful'], reviewed: false });
    const { status, body } = await decide(ann, id, verdict, more);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'closed',
      outcome: outcome.action,
      claimed_by: null,
      decided: 'review',
      opinions: [{ stage: 'open', reviewer: ann.name, verdict, reason: `because of ${verdict}` }],
    });
    expect(await outcomeOf(id)).toEqual(outcome);
    expect(await eventsOf(id)).toEqual(['review.opened', 'review.claimed', 'review.closed']);
    const again = await decide(ben, id, 'uphold');
    expect([again.status, again.body.code]).toEqual([409, 'review_closed']);
  });

  it('is refused without labels, with labels too many, or without a reason', async () => {
    const id = await decision();
    await ann.call('POST', `/${id}/claim`);
    const say = async (body: object): Promise<unknown> =>
      (await ann.call('POST', `/${id}/decide`, body)).body.code;
    expect(await say({ verdict: 'label', reason: 'which one' })).toBe('review_labels_wrong');
    expect(await say({ verdict: 'release', reason: 'why', labels: ['x'] })).toBe('review_labels_wrong');
    expect(await say({ verdict: 'release', reason: '  ' })).toBe('input_invalid');
    expect(await say({ verdict: 'release', reason: 'a\u0000b' })).toBe('input_invalid');
    expect(await say({ verdict: 'allow', reason: 'another word' })).toBe('input_invalid');
  });

  it('lets nothing grave go on before another person agrees', async () => {
    const id = await decision('high');
    expect((await decide(ann, id, 'release')).body).toMatchObject({
      status: 'second_opinion',
      outcome: null,
    });
    expect(await outcomeOf(id)).toMatchObject({ action: 'review', reviewed: false });
    const same = await ann.call('POST', `/${id}/claim`);
    expect([same.status, same.body.code]).toEqual([403, 'review_another_person']);
    expect((await ann.call('POST', '/claim', {})).status).toBe(404);
    expect((await decide(ben, id, 'release')).body).toMatchObject({ status: 'closed', outcome: 'allow' });
  });

  it('of two who do not agree is settled by a third, and by none of the two', async () => {
    const id = await decision('critical');
    await decide(ann, id, 'release', { second_opinion: true });
    expect((await decide(ben, id, 'uphold')).body).toMatchObject({ status: 'disputed', outcome: null });
    for (const who of [ann, ben])
      expect((await decide(who, id, 'uphold')).body.code).toBe('review_another_person');
    expect(await outcomeOf(id)).toMatchObject({ action: 'review' });
    const { body } = await decide(await person('admin'), id, 'release');
    expect(body).toMatchObject({ status: 'closed', outcome: 'allow' });
    expect(body.opinions.map(({ stage, verdict }) => [stage, verdict])).toEqual([
      ['open', 'release'],
      ['second_opinion', 'uphold'],
      ['disputed', 'release'],
    ]);
    expect(await audited(id)).toEqual(
      Array.from({ length: 3 }, () => ['review.claim', 'review.decide']).flat(),
    );
  });

  it('given twice at once counts once', async () => {
    const id = await decision();
    await ann.call('POST', `/${id}/claim`);
    const say = () => ann.call('POST', `/${id}/decide`, { verdict: 'uphold', reason: 'twice' });
    const statuses = (await Promise.all([say(), say(), say()])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });
});

const appealed = async (id: string): Promise<unknown> =>
  (await cat.call('POST', `/${id}/appeal`, { reason: 'please' })).body.code;

describe('an appeal', () => {
  it('opens a closed review for others, and what was decided holds and stays to be seen', async () => {
    const id = await decision();
    await decide(ann, id, 'uphold');
    const { body } = await cat.call('POST', `/${id}/appeal`, { reason: 'It is a quotation.' });
    expect(body).toMatchObject({
      status: 'open',
      round: 2,
      outcome: 'block',
      closed_at: null,
      opinions: [{ round: 1, reviewer: ann.name, verdict: 'uphold' }],
      appeals: [{ round: 2, appellant: cat.name, against: 'block', reason: 'It is a quotation.' }],
    });
    expect(await outcomeOf(id)).toMatchObject({ action: 'block' });
    for (const who of [ann, cat]) {
      expect((await who.call('POST', `/${id}/claim`)).body.code).toBe('review_another_person');
    }
    expect((await decide(ben, id, 'release')).body).toMatchObject({
      status: 'second_opinion',
      outcome: 'block',
    });
    const { body: closed } = await decide(dan, id, 'release');
    expect(closed).toMatchObject({ status: 'closed', outcome: 'allow' });
    expect(closed.opinions.map(({ round, verdict }) => [round, verdict])).toEqual([
      [1, 'uphold'],
      [2, 'release'],
      [2, 'release'],
    ]);
    expect(await outcomeOf(id)).toMatchObject({ action: 'allow' });
    expect((await cat.call('POST', `/${id}/appeal`, { reason: 'once more' })).body.code).toBe(
      'review_appealed',
    );
    expect(await eventsOf(id)).toContain('review.appealed');
  });

  it('that one other person turns down ends there, and comes once', async () => {
    const id = await decision('high');
    await decide(ann, id, 'uphold');
    await cat.call('POST', `/${id}/appeal`, { reason: 'I see it another way.' });
    expect((await decide(ben, id, 'uphold')).body).toMatchObject({
      status: 'closed',
      outcome: 'block',
      round: 2,
    });
    const again = await dan.call('POST', `/${id}/appeal`, { reason: 'and again' });
    expect([again.status, again.body.code]).toEqual([409, 'review_appealed']);
  });

  it('may be against what the guard alone has blocked', async () => {
    const id = await decision('low', 'block');
    expect((await ann.call('GET', `/${id}`)).body.code).toBe('review_not_found');
    const { body } = await cat.call('POST', `/${id}/appeal`, { reason: 'no reason to block' });
    expect(body).toMatchObject({
      status: 'open',
      round: 1,
      decided: 'block',
      appeals: [{ against: 'block' }],
    });
    await decide(ann, id, 'label', { labels: ['fiction'] });
    expect((await decide(ben, id, 'label', { labels: ['fiction'] })).body).toMatchObject({
      outcome: 'label',
    });
    expect(await outcomeOf(id)).toEqual({ action: 'label', labels: ['doubtful', 'fiction'], reviewed: true });
  });

  it('is refused while nothing is decided, for what may go on, and for what is not there', async () => {
    const open = await decision();
    expect(await appealed(open)).toBe('review_undecided');
    await decide(ann, open, 'release');
    expect(await appealed(open)).toBe('review_nothing_held');
    expect(await appealed(randomUUID())).toBe('review_not_found');
  });

  it('made by several at once is one', async () => {
    const id = await decision('low', 'block');
    const answers = await Promise.all(
      people.slice(0, 6).map((who) => who.call('POST', `/${id}/appeal`, { reason: 'all of us' })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
  });
});

describe('what is escalated', () => {
  it('by the guard is for those with more say, and for nobody else', async () => {
    const id = await decision('medium', 'escalate');
    const { body } = await ann.call('GET', `/${id}`);
    expect(body).toMatchObject({ decided: 'escalate', escalated: true, escalation: null, status: 'open' });
    expect(body.decision.reasons).toMatch(/^The text waits until someone with more say has decided\./);
    expect((await ann.call('POST', '/claim', {})).body.code).toBe('review_none_waiting');
    const refused = await ann.call('POST', `/${id}/claim`);
    expect([refused.status, refused.body.code]).toEqual([403, 'review_more_say_needed']);
    const chief = await person('admin');
    expect((await chief.call('POST', '/claim', {})).body).toMatchObject({ id, claimed_by: chief.name });
    const opinion = { verdict: 'release', reason: 'it may' };
    expect((await chief.call('POST', `/${id}/decide`, opinion)).body).toMatchObject({
      status: 'closed',
      outcome: 'allow',
    });
    expect(await outcomeOf(id)).toMatchObject({ action: 'allow', reviewed: true });
  });

  it('by a reviewer is theirs no more', async () => {
    const [id, other] = [await decision(), await decision()];
    const hand = (who: Person) => who.call('POST', `/${id}/escalate`, { reason: 'beyond me' });
    expect((await hand(ann)).body.code).toBe('review_claim_needed');
    await ann.call('POST', `/${id}/claim`);
    expect((await hand(ben)).body.code).toBe('review_claim_needed');
    expect((await hand(ann)).body).toMatchObject({
      escalated: true,
      claimed_by: null,
      escalation: { round: 1, reviewer: ann.name, reason: 'beyond me' },
    });
    for (const who of [ann, ben]) {
      expect((await who.call('POST', `/${id}/claim`)).body.code).toBe('review_more_say_needed');
      const said = await who.call('POST', `/${id}/decide`, { verdict: 'uphold', reason: 'anyway' });
      expect([said.status, said.body.code]).toEqual([403, 'review_more_say_needed']);
    }
    expect((await hand(ann)).body.code).toBe('review_escalated');
    const listed = async (escalated: boolean): Promise<string[]> =>
      (await ann.call('GET', `?escalated=${escalated}`)).body.reviews.map((review) => review.id);
    expect([await listed(true), await listed(false)]).toEqual([[id], [other]]);
    expect((await decide(await person('admin'), id, 'uphold')).body).toMatchObject({ outcome: 'block' });
    expect(await audited(id)).toEqual(['review.claim', 'review.escalate', 'review.claim', 'review.decide']);
    expect(await eventsOf(id)).toContain('review.escalated');
  });

  it('stays so in an appeal', async () => {
    const id = await decision('low', 'escalate');
    await decide(await person('admin'), id, 'uphold');
    expect((await cat.call('POST', `/${id}/appeal`, { reason: 'look again' })).status).toBe(200);
    expect((await decide(ann, id, 'release')).body.code).toBe('review_more_say_needed');
    expect((await decide(await person('admin'), id, 'uphold')).body).toMatchObject({ status: 'closed' });
  });
});

describe('a review', () => {
  it('shows what was decided before about the same subject or agent, and what came of it', async () => {
    const about = { id: randomUUID(), agentId: randomUUID() };
    const first = await decision('medium', 'review', about);
    await decide(ann, first, 'release');
    const second = await decision('high', 'block', { agentId: about.agentId });
    await decision();
    const third = await decision('medium', 'review', about);
    await decision('low', 'review', about);
    const { earlier } = (await ann.call('GET', `/${third}`)).body;
    expect(earlier).toMatchObject([
      { id: second, action: 'block', outcome: 'block', reviewed: false, rules: ['test/doubtful'] },
      { id: first, action: 'review', outcome: 'allow', reviewed: true },
    ]);
    expect(earlier).toHaveLength(2);
    expect((await ann.call('GET', `/${first}`)).body.earlier).toEqual([]);
  });
});

describe('who may', () => {
  it('read is not who may decide or appeal', async () => {
    const id = await decision();
    const viewer = await person('viewer');
    expect((await viewer.call('GET', `/${id}`)).status).toBe(200);
    expect((await viewer.call('POST', `/${id}/claim`)).status).toBe(403);
    expect((await viewer.call('POST', `/${id}/appeal`, { reason: 'because' })).status).toBe(403);
    const user = await person('user');
    expect((await user.call('GET', '')).status).toBe(403);
  });

  it('serve the application cannot change what people said', async () => {
    const id = await decision();
    await decide(ann, id, 'uphold');
    const { manager } = test.app.get(DataSource);
    for (const table of [
      'review_opinions',
      'review_appeals',
      'review_escalations',
      'decisions',
      'decision_rules',
      'audit_heads',
    ]) {
      await expect(manager.query(`DELETE FROM ${table}`)).rejects.toThrow('permission denied');
    }
    await expect(manager.query(`UPDATE review_opinions SET reason = 'x'`)).rejects.toThrow(
      'permission denied',
    );
    expect(await test.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  });
});
