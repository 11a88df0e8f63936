import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AdapterError, type PlatformAdapter, type Receipt } from './adapter.js';

/** What the suite needs of whoever has made an adapter. */
export interface ConformanceSetting {
  adapter: PlatformAdapter;
  /** The same platform as another process would reach it. */
  another: PlatformAdapter;
  /** An agent with at least two drafts that the guard lets through, and another agent. */
  agentId: string;
  draftIds: readonly [string, string];
  strangerId: string;
  /** A draft of the agent that the guard blocks. */
  blockedDraftId: string;
  destination?: string;
  /** How many posts the platform has got from the agent, by its own count. */
  published: () => Promise<number>;
}

/** A promise of the contract, to be run by any test runner. */
export interface ConformanceCase {
  name: string;
  run: (setting: ConformanceSetting) => Promise<void>;
}

const base = ({ agentId, destination }: ConformanceSetting) => ({
  account: { agentId },
  ...(destination !== undefined && { destination }),
});

/** A fault that an act ends with. */
async function faultOf(act: Promise<unknown>): Promise<AdapterError> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof AdapterError, `expected an AdapterError, and got ${String(error)}`);
  return error;
}

/** Every promise of docs/guides/adapters.md that a test can hold an adapter to. */
export const adapterConformance: readonly ConformanceCase[] = [
  {
    name: 'has a name and says what it can do',
    run: async ({ adapter }) => {
      assert.match(adapter.name, /^[a-z][a-z0-9-]{0,39}$/);
      assert(adapter.traits.textMax >= 1);
      for (const { limit, windowSeconds } of adapter.traits.quotas) assert(limit >= 1 && windowSeconds >= 1);
    },
  },
  {
    name: 'publishes once for a key, one after the other',
    run: async (setting) => {
      const before = await setting.published();
      const request = { ...base(setting), draftId: setting.draftIds[0], key: randomUUID() };
      const first = await setting.adapter.publish(request);
      const second = await setting.another.publish(request);
      assert.equal(second.remoteId, first.remoteId);
      assert.equal(second.created && first.created, false, 'the second says that it was there');
      assert.equal(await setting.published(), before + 1);
    },
  },
  {
    name: 'finds by its key what was published, and nothing else, where it can',
    run: async (setting) => {
      const { adapter, another } = setting;
      const request = { ...base(setting), key: randomUUID() };
      if (!adapter.traits.finding) {
        assert.equal((await faultOf(adapter.find(request))).fault, 'unsupported');
        return;
      }
      assert.equal(await adapter.find(request), undefined);
      const { remoteId } = await adapter.publish({ ...request, draftId: setting.draftIds[0] });
      const found = await another.find(request);
      assert.equal(found?.remoteId, remoteId);
      assert.equal(found?.created, false, 'it was there');
    },
  },
  {
    name: 'publishes once for a key, at once from two processes',
    run: async (setting) => {
      const before = await setting.published();
      const request = { ...base(setting), draftId: setting.draftIds[0], key: randomUUID() };
      const all = [setting.adapter, setting.another, setting.adapter, setting.another];
      const receipts: Receipt[] = await Promise.all(all.map((adapter) => adapter.publish(request)));
      assert.equal(new Set(receipts.map(({ remoteId }) => remoteId)).size, 1);
      assert.equal(await setting.published(), before + 1);
    },
  },
  {
    name: 'publishes many together as it does each, where it can',
    run: async (setting) => {
      const { adapter, another, draftIds, blockedDraftId } = setting;
      if (adapter.publishAll === undefined) return;
      const before = await setting.published();
      const key = randomUUID();
      const request = { ...base(setting), draftId: draftIds[0], key };
      const requests = [
        request,
        { ...request, draftId: blockedDraftId, key: randomUUID() },
        { ...request, draftId: randomUUID(), key: randomUUID() },
        { ...request, draftId: draftIds[1], key: randomUUID() },
        request,
      ];
      const [first, blocked, missing, second, again] = await adapter.publishAll(requests);
      assert(first !== undefined && !(first instanceof AdapterError) && first.created);
      assert(second !== undefined && !(second instanceof AdapterError) && second.created);
      assert(blocked instanceof AdapterError && missing instanceof AdapterError);
      assert.deepEqual([blocked.fault, missing.fault], ['refused', 'not_found']);
      assert.deepEqual(again, { ...first, created: false });
      const once = await another.publish(request);
      assert.deepEqual([once.remoteId, once.created], [first.remoteId, false]);
      assert.equal(await setting.published(), before + 2);
    },
  },
  {
    name: 'publishes again for another key',
    run: async (setting) => {
      const before = await setting.published();
      for (const key of [randomUUID(), randomUUID()])
        await setting.adapter.publish({ ...base(setting), draftId: setting.draftIds[1], key });
      assert.equal(await setting.published(), before + 2);
    },
  },
  {
    name: 'refuses for good what the guard blocks',
    run: async (setting) => {
      const before = await setting.published();
      const request = { ...base(setting), draftId: setting.blockedDraftId, key: randomUUID() };
      const { fault, isPassing } = await faultOf(setting.adapter.publish(request));
      assert.deepEqual([fault, isPassing], ['refused', false]);
      assert.equal(await setting.published(), before);
    },
  },
  {
    name: 'lends nobody the words of another',
    run: async (setting) => {
      const account = { agentId: setting.strangerId };
      const request = { ...base(setting), account, draftId: setting.draftIds[0], key: randomUUID() };
      assert.equal((await faultOf(setting.adapter.publish(request))).fault, 'refused');
    },
  },
  {
    name: 'does not know a draft that is not there',
    run: async (setting) => {
      const request = { ...base(setting), draftId: randomUUID(), key: randomUUID() };
      assert.equal((await faultOf(setting.adapter.publish(request))).fault, 'not_found');
    },
  },
  {
    name: 'does nothing for who has stopped asking',
    run: async (setting) => {
      const before = await setting.published();
      const signal = AbortSignal.abort(new Error('stopped'));
      const request = { ...base(setting), draftId: setting.draftIds[0], key: randomUUID(), signal };
      await assert.rejects(setting.adapter.publish(request), /stopped/);
      assert.equal(await setting.published(), before);
    },
  },
  {
    name: 'answers and reacts, where it can',
    run: async (setting) => {
      const { adapter, draftIds } = setting;
      const root = await adapter.publish({ ...base(setting), draftId: draftIds[0], key: randomUUID() });
      const target = root.remoteId;
      if (adapter.traits.replies) {
        const reply = { ...base(setting), draftId: draftIds[1], key: randomUUID(), inReplyTo: target };
        const [first, second] = [await adapter.reply(reply), await setting.another.reply(reply)];
        assert.equal(first.remoteId, second.remoteId);
      }
      if (!adapter.traits.reactions) return;
      for (const kind of ['favourite', 'boost'] as const) {
        const reaction = { ...base(setting), key: randomUUID(), target, kind };
        const [first, second] = [await adapter.react(reaction), await setting.another.react(reaction)];
        assert.equal(first.remoteId, second.remoteId);
      }
    },
  },
  {
    name: 'fetches and deletes, where it can, and deletes what is gone',
    run: async (setting) => {
      const { adapter, draftIds } = setting;
      const key = randomUUID();
      const { remoteId } = await adapter.publish({ ...base(setting), draftId: draftIds[0], key });
      const target = remoteId;
      if (adapter.traits.fetching)
        assert.equal((await adapter.fetch({ ...base(setting), target }))?.remoteId, target);
      else assert.equal((await faultOf(adapter.fetch({ ...base(setting), target }))).fault, 'unsupported');
      if (!adapter.traits.deletion) return;
      await adapter.delete({ ...base(setting), target, key: randomUUID() });
      await adapter.delete({ ...base(setting), target, key: randomUUID() });
      const late = await setting.another.publish({ ...base(setting), draftId: draftIds[0], key });
      assert.equal(late.remoteId, target, 'a late duplicate has the receipt of the first');
      if (adapter.traits.fetching) assert.equal(await adapter.fetch({ ...base(setting), target }), undefined);
    },
  },
];
