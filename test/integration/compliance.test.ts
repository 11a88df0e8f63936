import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService } from '../../src/core/audit/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import {
  ComplianceError,
  ComplianceService,
  decisionPath,
  mayPass,
  type Decision,
  type DecisionRequest,
} from '../../src/modules/compliance/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

const DRAFT = { type: 'draft', id: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11' };
const PASSWORD = 'a password for the tests of the guard';

/** Requests for drafts of three fields; every tenth presses its reader to click. */
const requests = (count: number, from = 0): DecisionRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    subject: { type: 'draft', id: `bulk-${from + index}` },
    texts: [
      {
        field: 'caption',
        text: `Wall ${index}: colour, friends and a long night of work at the old station. #streetart`,
      },
      { field: 'alt_text', text: `A wall with the number ${index}` },
      { field: 'variations[0].caption', text: index % 10 === 0 ? 'Click here!' : 'Come and see it' },
    ],
  }));

interface Guard {
  app: NestFastifyApplication;
  compliance: ComplianceService;
  dataSource: DataSource;
  close(): Promise<void>;
}

async function openGuard(environment: Record<string, string> = {}): Promise<Guard> {
  const runtime: Runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD, ...environment });
  const app = await createHttpApplication(compose('api', runtime));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    compliance: app.get(ComplianceService, { strict: false }),
    dataSource: app.get(DataSource),
    close: async () => {
      await app.close();
      await runtime.close();
    },
  };
}

describe('decisions', () => {
  let guard: Guard;
  const decide = (text: string, id: string = DRAFT.id): Promise<Decision> =>
    guard.dataSource.transaction((manager) =>
      guard.compliance.decide(manager, { type: 'draft', id }, [{ field: 'caption', text }], 'worker'),
    );
  const audited = (id: string): Promise<{ action: string; actor: string; data: Record<string, unknown> }[]> =>
    guard.dataSource.query(`SELECT * FROM audit WHERE data->>'decision_id' = $1`, [id]);

  beforeAll(async () => {
    guard = await openGuard();
  });

  afterAll(() => guard.close());

  it('are stored with their reasons and put on the audit chain', async () => {
    const decision = await decide('Write to ana@example.com');
    expect(decision).toMatchObject({
      subject_type: 'draft',
      subject_id: DRAFT.id,
      action: 'block',
      checked: true,
      compliance_score: 0.4,
      labels: ['pii'],
      matches: [
        { policy: 'pii', rule: 'email', field: 'caption', start: 9, end: 24, text: 'ana@example.com' },
      ],
      decided_by: 'worker',
    });
    expect(decision.policies.map((policy) => policy.id)).toContain('safety');
    expect(decision.policies.every((policy) => /^[0-9a-f]{64}$/u.test(policy.sha256))).toBe(true);
    expect(await guard.compliance.get(decision.id)).toEqual(decision);
    expect(await audited(decision.id)).toMatchObject([
      {
        action: 'compliance.decide',
        actor: 'worker',
        subject_type: 'draft',
        subject_id: DRAFT.id,
        data: { action: 'block', text_hash: decision.text_hash, rules: ['pii/email'] },
      },
    ]);
    expect(await guard.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  });

  it('allow what is clean', async () => {
    const decision = await decide('A new wall in the colonia Roma');
    expect(decision).toMatchObject({ action: 'allow', compliance_score: 1, labels: [], matches: [] });
    expect(mayPass(decision.action)).toBe(true);
  });

  it('are the same decision when the same is decided again, and another for another text or subject', async () => {
    const first = await decide('once');
    const again = await decide('once');
    expect(again).toEqual(first);
    expect(await audited(first.id)).toHaveLength(1);
    const others = [await decide('twice'), await decide('once', '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a12')];
    expect(new Set([first, ...others].map((decision) => decision.id)).size).toBe(3);
    expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });

  it('vanish with their transaction, from the audit chain too', async () => {
    let id = '';
    const transaction = guard.dataSource.transaction(async (manager) => {
      const texts = [{ field: 'caption', text: 'rolled back' }];
      ({ id } = await guard.compliance.decide(manager, DRAFT, texts, 'worker'));
      throw new Error('no');
    });
    await expect(transaction).rejects.toThrow('no');
    await expect(guard.compliance.get(id)).rejects.toMatchObject({ code: 'decision_not_found' });
    expect(await audited(id)).toEqual([]);
  });

  it('cannot be changed or deleted by the application', async () => {
    const { id } = await decide('for good');
    const change = guard.dataSource.query(`UPDATE decisions SET action = 'allow' WHERE id = $1`, [id]);
    await expect(change).rejects.toThrow('permission denied');
    await expect(guard.dataSource.query('DELETE FROM decisions')).rejects.toThrow('permission denied');
  });

  it('keep matches whose text PostgreSQL cannot hold as it is', async () => {
    const decision = await decide('kill\0 \ud800 yourself');
    expect(decision.matches[0]?.text).toBe('kill\ufffd \ufffd yourself');
    expect(decision.matches[0]?.end).toBe(16);
  });

  const decideMany = (given: DecisionRequest[]): Promise<Decision[]> =>
    guard.dataSource.transaction((manager) => guard.compliance.decideMany(manager, given, 'worker'));

  it('are made by the thousand in one transaction', async () => {
    await decideMany(requests(10, 10_000));
    const started = performance.now();
    const decisions = await decideMany(requests(1_000));
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(decisions.map((decision) => decision.subject_id)).toEqual(
      requests(1_000).map((request) => request.subject.id),
    );
    expect(decisions.filter((decision) => decision.action === 'label')).toHaveLength(100);
    expect(decisions[0]?.labels).toEqual(['click-bait']);
    expect(await guard.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  });

  it('come in the order of the requests, also where some are there or given twice', async () => {
    const [a, b, c] = requests(3, 20_000);
    const [known] = await decideMany([b as DecisionRequest]);
    const given = [a, b, c, a] as DecisionRequest[];
    const decisions = await decideMany(given);
    expect(decisions.map((decision) => decision.subject_id)).toEqual(
      given.map((request) => request.subject.id),
    );
    expect(decisions[1]).toEqual(known);
    expect(decisions[3]).toEqual(decisions[0]);
    expect(await decideMany([])).toEqual([]);
  });

  it('do not disturb each other when two transactions make the same ones', async () => {
    const given = requests(200, 30_000);
    const [first, second] = await Promise.all([decideMany(given), decideMany(given.toReversed())]);
    expect(second.toReversed()).toEqual(first);
    expect(await guard.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  });

  it('cover a population with one decision over its different texts', async () => {
    const bios = ['Paints walls.', 'Skates at night.', 'Kill yourself'];
    const texts = Array.from({ length: 50_000 }, (_, index) => ({
      field: `agents[${index}].bio`,
      text: bios[index % (index === 49_999 ? 3 : 2)] ?? 'Kill yourself',
    }));
    texts.push({ field: 'agents[50000].bio', text: 'Kill yourself' });
    const decision = await guard.dataSource.transaction((manager) =>
      guard.compliance.decideBulk(manager, { type: 'population', id: 'p1' }, texts, 'worker'),
    );
    expect(decision).toMatchObject({ action: 'block', matches: [{ field: 'agents[50000].bio' }] });
    expect(decision.matches).toHaveLength(1);
    const refusal = ComplianceError.refused('the population', decision, '7');
    expect(refusal).toMatchObject({
      kind: 'refused',
      code: 'compliance_refused',
      issues: [
        { field: 'agents[50000].bio', message: expect.stringContaining('"Kill yourself"') as string },
        { field: 'review_id', message: decision.id },
        { field: 'seed', message: '7' },
      ],
    });
  });

  it('are assessed without being stored', async () => {
    const { evaluation, checked } = await guard.compliance.assess([{ field: 'interests[0]', text: 'kys' }]);
    expect({ evaluation, checked }).toMatchObject({ evaluation: { action: 'block' }, checked: true });
    const texts = [{ field: 'caption', text: 'the same' }];
    const assessment = await guard.compliance.assessAll(texts);
    const [recorded, decided] = await guard.dataSource.transaction(async (manager) => [
      await guard.compliance.record(manager, DRAFT, assessment, 'worker'),
      await guard.compliance.decide(manager, DRAFT, texts, 'worker'),
    ]);
    expect(decided).toEqual(recorded);
  });

  it('are shown over HTTP to those who may read them', async () => {
    const decision = await decide('Reach me at +52 55 1234 5678');
    const url = decisionPath(decision.id);
    expect((await guard.app.inject({ url })).statusCode).toBe(401);
    const login = await guard.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { username: 'admin', password: PASSWORD },
    });
    const headers = { authorization: `Bearer ${login.json<{ access_token: string }>().access_token}` };
    const found = await guard.app.inject({ url, headers });
    expect(found.statusCode).toBe(200);
    expect(found.json()).toMatchObject({
      synthetic: true,
      id: decision.id,
      subject: DRAFT,
      action: 'block',
      matches: [{ rule: 'phone', field: 'caption' }],
      links: { self: url },
    });
    const missing = await guard.app.inject({ url: decisionPath(DRAFT.id), headers });
    expect(missing.statusCode).toBe(404);
    expect(missing.json()).toMatchObject({ code: 'decision_not_found' });
    expect((await guard.app.inject({ url: decisionPath('nonsense'), headers })).statusCode).toBe(422);
  });
});

describe('with the guard off in development', () => {
  let guard: Guard;

  beforeAll(async () => {
    guard = await openGuard({ AZT3KNET_COMPLIANCE_ENABLED: 'false' });
  });

  afterAll(() => guard.close());

  it('decisions say that nothing was checked', async () => {
    const decision = await guard.dataSource.transaction((manager) =>
      guard.compliance.decide(manager, DRAFT, [{ field: 'caption', text: 'kill yourself' }], 'worker'),
    );
    expect(decision).toMatchObject({
      action: 'label',
      checked: false,
      compliance_score: 0,
      labels: ['unchecked'],
      matches: [],
      policies: [],
    });
  });
});
