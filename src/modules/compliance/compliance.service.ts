import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { ComplianceError } from './compliance.errors.js';
import type { Page, PageRequest } from '../../core/database/index.js';
import type { Decision } from './decision.entity.js';
import {
  decisionId,
  goingBy,
  storableMatches,
  subjectKey,
  TextHash,
  UNCHECKED,
  type Assessment,
  type DecisionRequest,
  type DecisionSubject,
  type LetGo,
} from './decision.rules.js';
import { DecisionStore } from './decision-store.js';
import { statementOfReasons } from './decision.reasons.js';
import {
  DecisionsRepository,
  type DecisionFilter,
  type DecisionSort,
  type NewDecision,
} from './decisions.repository.js';
import { mayPass, TextEvaluator, type Action, type Circumstances, type TextField } from './guard/evaluate.js';
import { PolicyLibrary, type PoliciesInForce } from './policy/policy-library.js';

/** After so many characters the event loop gets its turn: some ten milliseconds of work. */
const CHARACTERS_A_TURN = 200_000;
const MOST_REMEMBERED = 100_000;

/** The guard: says what may happen to a text, keeps what it said, and puts it on the audit chain. */
@Injectable()
export class ComplianceService implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly policies: PolicyLibrary,
    private readonly repository: DecisionsRepository,
    private readonly store: DecisionStore,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(ComplianceService.name);
  }

  onModuleInit(): void {
    if (this.config.complianceEnabled) return;
    this.logger.warn(
      'the compliance guard is off (AZT3KNET_COMPLIANCE_ENABLED): everything is marked unchecked',
    );
  }

  /**
   * Says what a decision on some texts would be, without storing anything: a question is no decision about anything, and a
   * rule can be tried on thousands of texts without growing the audit.
   */
  async assess(texts: readonly TextField[], circumstances?: Circumstances): Promise<Assessment> {
    return this.judge(await this.policies.inForce(), texts, circumstances);
  }

  /**
   * As `assess`, for as many texts as a population has: each different text is read once, under the name of the first
   * field that has it, and the event loop keeps turning.
   */
  async assessAll(
    texts: Iterable<TextField> | AsyncIterable<TextField>,
    circumstances?: Circumstances,
  ): Promise<Assessment> {
    const pass = this.pass(await this.policies.inForce(), circumstances);
    const seen = new Set<string>();
    let characters = 0;
    for await (const text of texts) {
      if (seen.has(text.text)) continue;
      // Beyond these, a text may be read twice: memory stays flat where no two are alike.
      if (seen.size < MOST_REMEMBERED) seen.add(text.text);
      pass.read(text);
      characters += text.text.length;
      if (characters < CHARACTERS_A_TURN) continue;
      characters = 0;
      await setImmediate();
    }
    return pass.assessment();
  }

  /** Decides on the texts of one subject: the decision is stored and audited in the manager's transaction. */
  async decide(
    manager: EntityManager,
    subject: DecisionSubject,
    texts: readonly TextField[],
    actor: string,
  ): Promise<Decision> {
    const [decision] = await this.decideMany(manager, [{ subject, texts }], actor);
    return decision as Decision;
  }

  /** Decides on thousands of subjects in one transaction; the decisions come in the order of the requests. */
  async decideMany(
    manager: EntityManager,
    requests: readonly DecisionRequest[],
    actor: string,
  ): Promise<Decision[]> {
    const inForce = await this.policies.inForce(manager);
    const decisions: NewDecision[] = [];
    let characters = 0;
    for (const { subject, texts, context } of requests) {
      const { agentId } = subject;
      const known =
        agentId === undefined ? context : { ...context, agent: { id: agentId, ...context?.agent } };
      const assessment = this.judge(inForce, texts, { subject: subjectKey(subject), context: known });
      decisions.push(this.decisionOf({ campaignId: context?.campaign?.id, ...subject }, assessment, actor));
      characters += texts.reduce((sum, { text }) => sum + text.length, 0);
      if (characters < CHARACTERS_A_TURN) continue;
      characters = 0;
      await setImmediate();
    }
    return this.store.add(manager, decisions);
  }

  /** Decides on all different texts of one large subject, such as a population, with one decision. */
  async decideBulk(
    manager: EntityManager,
    subject: DecisionSubject,
    texts: Iterable<TextField>,
    actor: string,
  ): Promise<Decision> {
    const assessment = await this.assessAll(texts, { subject: subjectKey(subject) });
    return this.record(manager, subject, assessment, actor);
  }

  /** Stores an assessment as the decision on a subject. */
  async record(
    manager: EntityManager,
    subject: DecisionSubject,
    assessment: Assessment,
    actor: string,
  ): Promise<Decision> {
    const [decision] = await this.store.add(manager, [this.decisionOf(subject, assessment, actor)]);
    return decision as Decision;
  }

  /**
   * What people made of texts that the guard held, asked about as they were; undefined where they did not let them go, or were
   * not asked.
   */
  async letGo(
    subject: DecisionSubject,
    { textHash, fingerprint }: Pick<Assessment, 'textHash' | 'fingerprint'>,
  ): Promise<LetGo | undefined> {
    const { manager } = this.dataSource;
    const id = decisionId(subject, textHash, fingerprint);
    const outcome = await this.repository.outcome(manager, id);
    if (outcome === undefined || !mayPass(outcome.action)) return undefined;
    const { matches } = await this.get(id);
    return { ...outcome, action: outcome.action as LetGo['action'], decisionId: id, matches };
  }

  /** A decision by its id. @throws ComplianceError `decision_not_found` */
  async get(id: string): Promise<Decision> {
    const decision = await this.repository.find(this.dataSource.manager, id);
    if (decision === null) throw ComplianceError.decisionNotFound(id);
    return decision;
  }

  /** What may happen to the subject of a decision by now: what people have decided since, or else what the guard said. */
  async outcomeOf({ id, action }: Pick<Decision, 'id' | 'action'>): Promise<Action> {
    return (await this.repository.outcome(this.dataSource.manager, id))?.action ?? action;
  }

  /** A page of decisions. @throws InvalidCursor; InvalidInputError for a policy that nobody has heard of */
  async list(filter: DecisionFilter, request: PageRequest<DecisionSort>): Promise<Page<Decision>> {
    const page = await this.repository.page(this.dataSource.manager, filter, request);
    if (page.rows.length === 0 && filter.policy !== undefined)
      await this.policies.requireKnown(filter.policy);
    return page;
  }

  private judge(
    inForce: PoliciesInForce,
    texts: readonly TextField[],
    circumstances: Circumstances | undefined,
  ): Assessment {
    const pass = this.pass(inForce, circumstances);
    for (const text of texts) pass.read(text);
    return pass.assessment();
  }

  /** One reading of texts that belong together. */
  private pass(
    { compiled, versions, fingerprint }: PoliciesInForce,
    circumstances: Circumstances | undefined,
  ): { read: (text: TextField) => void; assessment: () => Assessment } {
    const hash = new TextHash();
    const checked = this.config.complianceEnabled;
    const evaluator = new TextEvaluator(compiled, circumstances);
    let milliseconds = 0;
    return {
      read: (text) => {
        const started = performance.now();
        hash.add(text);
        if (checked) evaluator.read(text);
        milliseconds += performance.now() - started;
      },
      assessment: () => ({
        evaluation: checked ? evaluator.evaluation() : UNCHECKED,
        textHash: hash.digest(),
        checked,
        policies: checked ? versions : [],
        fingerprint: checked ? fingerprint : 'unchecked',
        latencyUs: Math.round(milliseconds * 1_000),
      }),
    };
  }

  private decisionOf(
    subject: DecisionSubject,
    { evaluation: found, textHash, checked, policies, fingerprint, latencyUs, goesBy }: Assessment,
    actor: string,
  ): NewDecision {
    const evaluation = goesBy === undefined ? found : goingBy(found, goesBy);
    return {
      id: decisionId(subject, textHash, fingerprint),
      subject_type: subject.type,
      subject_id: subject.id,
      agent_id: subject.agentId ?? null,
      campaign_id: subject.campaignId ?? null,
      text_hash: textHash,
      policies: [...policies],
      action: evaluation.action,
      checked,
      compliance_score: evaluation.compliance_score,
      labels: [...evaluation.labels],
      matches: storableMatches(evaluation.matches),
      shadow_matches: storableMatches(evaluation.shadow_matches),
      scores: evaluation.scores,
      reasons: statementOfReasons(evaluation, checked, goesBy?.decisionId),
      latency_us: latencyUs,
      decided_by: actor,
    };
  }
}
