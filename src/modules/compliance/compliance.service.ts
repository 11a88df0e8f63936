import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../../core/database/index.js';
import { Assessor, CHARACTERS_A_TURN } from './assessor.js';
import { ComplianceError } from './compliance.errors.js';
import type { Decision } from './decision.entity.js';
import {
  contextOf,
  decisionId,
  goingBy,
  storableMatches,
  subjectKey,
  type Assessment,
  type DecisionRequest,
  type DecisionSubject,
  type LetGo,
} from './decision.rules.js';
import { DecisionHistory } from './decision.history.js';
import { DecisionStore } from './decision-store.js';
import { statementOfReasons } from './decision.reasons.js';
import {
  DecisionsRepository,
  type DecisionFilter,
  type DecisionSort,
  type NewDecision,
} from './decisions.repository.js';
import { SecondOpinions } from './elsewhere/second-opinions.js';
import { mayPass, type Action, type Circumstances, type TextField } from './guard/evaluate.js';
import type { Opinion } from './guard/seconded-classifier.js';

/** The guard: says what may happen to a text, keeps what it said, and puts it on the audit chain. */
@Injectable()
export class ComplianceService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly assessor: Assessor,
    private readonly second: SecondOpinions,
    private readonly repository: DecisionsRepository,
    private readonly store: DecisionStore,
    private readonly history: DecisionHistory,
  ) {}

  /**
   * Says what a decision on some texts would be, without storing anything: a question is no decision about anything, and a
   * rule can be tried on thousands of texts without growing the audit. Classifiers elsewhere are asked, so not within a
   * transaction.
   */
  async assess(texts: readonly TextField[], circumstances?: Circumstances): Promise<Assessment> {
    const opinions = await this.opinionsOn(texts);
    return this.assessor.assess(texts, { ...circumstances, opinions });
  }

  /** As `assess`, for as many texts as a population has, by what is here alone. */
  assessAll(
    texts: Iterable<TextField> | AsyncIterable<TextField>,
    circumstances?: Circumstances,
  ): Promise<Assessment> {
    return this.assessor.assessAll(texts, circumstances);
  }

  /**
   * What classifiers elsewhere think of the texts of a decision that is to be made in a transaction; undefined where none is
   * configured. Never throws.
   */
  opinionsOn(texts: readonly TextField[]): Promise<readonly Opinion[] | undefined> {
    return this.second.on(texts);
  }

  /**
   * Decides on the texts of one subject: the decision is stored and audited in the manager's transaction. Of an agent's text,
   * what was decided before is part of the context: its other texts, how fast it writes, and who writes the same.
   * @param grounds what the caller knows; what it says of the history goes before what is stored
   */
  async decide(
    manager: EntityManager,
    subject: DecisionSubject,
    texts: readonly TextField[],
    actor: string,
    grounds: Pick<DecisionRequest, 'context' | 'opinions'> = {},
  ): Promise<Decision> {
    const { agentId } = subject;
    if (agentId === undefined) return this.decideOne(manager, { subject, texts, ...grounds }, actor);
    const { context: past, prints } = await this.history.of(manager, agentId, subject, texts);
    const { context } = grounds;
    const known = {
      ...context,
      history: { ...past.history, ...context?.history },
      rate: { ...past.rate, ...context?.rate },
    };
    return this.decideOne(manager, { subject, texts, ...grounds, context: known, prints }, actor);
  }

  /** Decides on thousands of subjects in one transaction; the decisions come in the order of the requests. */
  async decideMany(
    manager: EntityManager,
    requests: readonly DecisionRequest[],
    actor: string,
  ): Promise<Decision[]> {
    const inForce = await this.assessor.policies.inForce(manager);
    const decisions: NewDecision[] = [];
    let characters = 0;
    for (const { subject, texts, context, opinions, prints } of requests) {
      const circumstances = {
        subject: subjectKey(subject),
        context: contextOf(subject.agentId, context),
        opinions,
      };
      const assessment = this.assessor.judge(inForce, texts, circumstances);
      const about = { campaignId: context?.campaign?.id, ...subject };
      // Whose text it is stands beside it already: a batch has nothing more to say.
      decisions.push(this.decisionOf(about, { ...assessment, context, prints }, actor));
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

  /** How many texts of an agent were blocked from a moment on. */
  blockedSince(agentId: string, since: Date): Promise<number> {
    return this.repository.blockedSince(this.dataSource.manager, agentId, since);
  }

  /** A page of decisions. @throws InvalidCursor; InvalidInputError for a policy that nobody has heard of */
  async list(filter: DecisionFilter, request: PageRequest<DecisionSort>): Promise<Page<Decision>> {
    const page = await this.repository.page(this.dataSource.manager, filter, request);
    if (page.rows.length === 0 && filter.policy !== undefined)
      await this.assessor.policies.requireKnown(filter.policy);
    return page;
  }

  private async decideOne(
    manager: EntityManager,
    request: DecisionRequest,
    actor: string,
  ): Promise<Decision> {
    const [decision] = await this.decideMany(manager, [request], actor);
    return decision as Decision;
  }

  private decisionOf(
    subject: DecisionSubject,
    assessment: Assessment & Pick<DecisionRequest, 'prints'>,
    actor: string,
  ): NewDecision {
    const { evaluation: found, textHash, checked, policies, fingerprint, latencyUs, goesBy } = assessment;
    const { context = null, opinions = null, prints } = assessment;
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
      context,
      opinions,
      text_print: prints?.text ?? null,
      links: prints?.links ?? [],
      reasons: statementOfReasons({ ...evaluation, opinions }, checked, goesBy?.decisionId),
      latency_us: latencyUs,
      decided_by: actor,
    };
  }
}
