import { describe, expect, it } from 'vitest';
import { statementOfReasons } from './decision.reasons.js';
import type { RuleMatch } from './guard/evaluate.js';

const match = (rule: string, action: RuleMatch['action'], start: number): RuleMatch => ({
  policy: 'pii',
  policy_version: '1.0.0',
  rule,
  title: `Title of ${rule}`,
  severity: 'high',
  action,
  field: 'caption',
  start,
  end: start + 5,
  text: 'ana@x',
});

describe('a statement of reasons', () => {
  it('says that nothing matched', () => {
    expect(statementOfReasons({ action: 'allow', labels: [], matches: [], shadow_matches: [] }, true)).toBe(
      'The text may go on. No rule matched.',
    );
  });

  it('says that nobody checked', () => {
    expect(
      statementOfReasons({ action: 'label', labels: ['unchecked'], matches: [], shadow_matches: [] }, false),
    ).toBe('The guard was off: nothing was checked, and nothing vouches for the text.');
  });

  it('names every rule once, the strictest first, with its places and without the text', () => {
    const matches = [
      match('political', 'label', 0),
      ...[10, 20, 30, 40, 50].map((start) => match('email', 'block', start)),
    ];
    const statement = statementOfReasons(
      { action: 'block', labels: ['pii', 'political'], matches, shadow_matches: [] },
      true,
    );
    expect(statement).toBe(
      'The text may not go on. ' +
        'Rule pii/email of version 1.0.0 (Title of email; high severity) asks for block: caption 10–15, caption 20–25, caption 30–35, 2 more. ' +
        'Rule pii/political of version 1.0.0 (Title of political; high severity) asks for label: caption 0–5. ' +
        'Its labels: pii, political.',
    );
    expect(statement).not.toContain('ana@x');
    expect(
      statementOfReasons(
        { action: 'block', labels: ['pii', 'political'], matches, shadow_matches: [] },
        true,
      ),
    ).toBe(statement);
  });

  it('says who decides what is escalated', () => {
    const matches = [match('doubtful', 'escalate', 0), match('email', 'review', 3)];
    expect(statementOfReasons({ action: 'escalate', labels: [], matches, shadow_matches: [] }, true)).toMatch(
      /^The text waits until someone with more say has decided\. Rule pii\/doubtful .* asks for escalate:/u,
    );
  });

  it('names rules in rehearsal, and that they had no part in it', () => {
    const shadow_matches = [
      match('claims', 'block', 0),
      match('claims', 'block', 9),
      match('tone', 'review', 3),
    ];
    expect(statementOfReasons({ action: 'allow', labels: [], matches: [], shadow_matches }, true)).toBe(
      'The text may go on. No rule matched. In rehearsal, without effect: pii/claims (block), pii/tone (review).',
    );
  });

  it('stays readable when many rules matched', () => {
    const matches = Array.from({ length: 300 }, (_, n) => match(`rule-${n}`, 'review', n));
    const statement = statementOfReasons({ action: 'review', labels: [], matches, shadow_matches: [] }, true);
    expect(statement).toContain('280 more rules matched.');
    expect(statement.length).toBeLessThan(3_000);
  });
});
