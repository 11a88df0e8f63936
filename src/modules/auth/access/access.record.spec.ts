import { expect, it } from 'vitest';
import type { AuditEntry, AuditTally } from '../../../core/audit/index.js';
import type { Caller } from '../../../core/http/index.js';
import { AccessRecord } from './access.record.js';

it('a use of a key whose address could not be named is counted, and named when it can be', () => {
  const seen: unknown[] = [];
  let isNamed = false;
  const tally = {
    add: ({ data }: AuditEntry) => {
      seen.push(data);
      return isNamed;
    },
  };
  const record = new AccessRecord(tally as unknown as AuditTally);
  const use = (): void => record.keyUsed({ username: 'grace', keyId: 'stolen' } as Caller, '192.0.2.1');
  use();
  use();
  expect(seen).toHaveLength(2);
  isNamed = true;
  use();
  use();
  const named = { address: '192.0.2.1' };
  expect(seen).toEqual([named, named, named]);
});
