import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ComplianceError } from '../compliance.errors.js';
import { contextOf, subjectKey } from '../decision.rules.js';
import { DecisionsRepository } from '../decisions.repository.js';
import {
  evaluate,
  type Action,
  type Circumstances,
  type RuleMatch,
  type TextField,
} from '../guard/evaluate.js';
import { PolicyEditor } from '../policy/policy-editor.js';
import { PolicyLibrary, type PoliciesInForce } from '../policy/policy-library.js';
import type { LoadedPolicy } from '../policy/policy.loader.js';
import type { RuleChange } from '../policy/rule-status.js';
import { SubjectTexts } from '../subject-texts.js';

/** What is tried: a version that is there, a text, the current one with a rule's other status, or that one is retired. */
export interface Candidate {
  readonly policy?: string | undefined;
  readonly content?: string | undefined;
  readonly change?: RuleChange | undefined;
  /** A policy, or `name@version`, that would not be there any more. */
  readonly retire?: string | undefined;
}

/** A text to try it on, and whether it should be stopped, where that is known. */
export interface LabelledText {
  readonly id: string;
  readonly text: string;
  readonly expected?: boolean | undefined;
}

/** What the guard says of one item; rules as `policy/rule`. */
export interface Verdict {
  action: Action;
  rules: string[];
  shadow_rules: string[];
}

export interface ComparedItem {
  id: string;
  expected: boolean | null;
  before: Verdict;
  after: Verdict;
  /** Whether the action is another one. */
  changed: boolean;
}

/** A part of what a candidate was tried on. */
export interface BacktestPage {
  /** Its version that was tried with its rules, null where none would be left; and the one in force, null for a policy that is not there yet. */
  policy: { name: string; version: string | null; current: string | null; rules: string[] };
  items: ComparedItem[];
  /** Decisions whose texts are gone. */
  skipped: number;
  next: string | null;
}

/** What would be in force under a name; nothing where the last version is retired. */
interface Tried {
  name: string;
  candidate: LoadedPolicy | undefined;
}

interface Item {
  readonly id: string;
  readonly texts: readonly TextField[];
  readonly expected: boolean | null;
  readonly circumstances: Circumstances;
}

/** Says what a version of a policy would decide beside what those in force do. Keeps nothing. */
@Injectable()
export class BacktestService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly policies: PolicyLibrary,
    private readonly editor: PolicyEditor,
    private readonly decisions: DecisionsRepository,
    private readonly texts: SubjectTexts,
  ) {}

  /**
   * Tries a candidate on texts.
   * @param signal ends the work between two texts
   * @throws DocumentError, DocumentStoreError, ComplianceError for a candidate that is none; `backtest_ended`
   */
  async onTexts(
    candidate: Candidate,
    given: readonly LabelledText[],
    signal: AbortSignal,
  ): Promise<BacktestPage> {
    const items = given.map(({ id, text, expected = null }) => ({
      id,
      texts: [{ field: 'text', text }],
      expected,
      circumstances: { subject: `item:${id}` },
    }));
    return { ...(await this.compare(candidate, items, signal)), skipped: 0, next: null };
  }

  /**
   * Tries a candidate on a page of what was decided, the newest first.
   * @param matched only what a rule of the policy matched
   * @throws as {@link onTexts}; InvalidCursor
   */
  async onDecisions(
    candidate: Candidate,
    {
      subject_type: type,
      matched,
      cursor,
      limit,
    }: { subject_type: string; matched: boolean; cursor?: string | undefined; limit: number },
    signal: AbortSignal,
  ): Promise<BacktestPage> {
    const { manager } = this.dataSource;
    const request = { sort: '-decided_at', cursor, limit } as const;
    const { name } = await this.read(candidate);
    const filter = { subject_type: type, ...(matched && { policy: name }) };
    const { rows, next } = await this.decisions.page(manager, filter, request);
    const ids = rows.map(({ subject_id }) => subject_id);
    const texts = await this.texts.of(manager, type, ids);
    const items = rows.flatMap(({ id, subject_id, agent_id, context, opinions }) => {
      const found = texts.get(subject_id);
      const circumstances = {
        subject: subjectKey({ type, id: subject_id }),
        context: contextOf(agent_id, context),
        opinions: opinions ?? undefined,
      };
      return found === undefined ? [] : [{ id, texts: found, expected: null, circumstances }];
    });
    return { ...(await this.compare(candidate, items, signal)), skipped: rows.length - items.length, next };
  }

  private async compare(
    given: Candidate,
    items: readonly Item[],
    signal: AbortSignal,
  ): Promise<Pick<BacktestPage, 'policy' | 'items'>> {
    const inForce = await this.policies.inForce();
    const { name, candidate } = await this.read(given);
    const others = inForce.policies.filter(({ id }) => id !== name);
    const current = inForce.policies.find(({ id }) => id === name);
    const together = candidate === undefined ? others : [...others, candidate];
    const tried = this.policies.together(together.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    const compared: ComparedItem[] = [];
    for (const item of items) {
      // Others get their turn between any two evaluations: a long text may take a second.
      await turn(signal);
      const before = verdictOf(item, inForce);
      await turn(signal);
      const after = verdictOf(item, tried);
      const { id, expected } = item;
      compared.push({ id, expected, before, after, changed: before.action !== after.action });
    }
    const rules = (candidate?.rules ?? []).map(({ id }) => id);
    const versions = { version: candidate?.version ?? null, current: current?.version ?? null };
    return { policy: { name, ...versions, rules }, items: compared };
  }

  private async read({ policy, content, change, retire }: Candidate): Promise<Tried> {
    if (retire !== undefined) return this.policies.without(retire);
    const candidate = await this.readText({ policy, content, change });
    return { name: candidate.id, candidate };
  }

  private async readText({ policy, content, change }: Candidate): Promise<LoadedPolicy> {
    if (content !== undefined) return this.editor.check(content, 'candidate');
    const reference = policy ?? '';
    if (change === undefined) return (await this.policies.get(reference)).value;
    return this.editor.check(await this.editor.changed(reference, change), 'candidate');
  }
}

/** Lets the event loop go on. @throws ComplianceError `backtest_ended` where the signal says so */
async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw ComplianceError.backtestEnded();
}

function verdictOf({ texts, circumstances }: Item, { compiled }: PoliciesInForce): Verdict {
  const { action, matches, shadow_matches } = evaluate(texts, compiled, circumstances);
  return { action, rules: rulesOf(matches), shadow_rules: rulesOf(shadow_matches) };
}

function rulesOf(matches: readonly RuleMatch[]): string[] {
  return [...new Set(matches.map(({ policy, rule }) => `${policy}/${rule}`))];
}
