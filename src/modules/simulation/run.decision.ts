import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Requester } from '../agents/index.js';
import {
  ComplianceError,
  ComplianceService,
  mayPass,
  subjectKey,
  type Decision,
  type TextField,
} from '../compliance/index.js';
import type { Scenario } from './scenarios/scenario.schema.js';

/** Writes the decision that a run rests on. */
export type RecordDecision = (manager: EntityManager) => Promise<Decision>;

/** Asks the guard about what a run shows of its own: its report has the scenario's words and the seed beside the drafts. */
@Injectable()
export class RunDecision {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly compliance: ComplianceService,
  ) {}

  /**
   * What writes the decision in the transaction that accepts the run. A refusal is kept at once, so that people can
   * decide on it: the same scenario with the same seed then goes by what they said.
   * @throws ComplianceError when the guard does not let the scenario pass
   */
  of(scenario: Scenario, seed: string, requester: Requester): Promise<RecordDecision> {
    const subject = { type: 'scenario', id: `${scenario.id}@${scenario.version}` };
    return this.about('the scenario', subject, textsOf(scenario, seed), seed, requester);
  }

  /** The same of other words. @param what they are, for who is refused */
  async about(
    what: string,
    subject: { type: string; id: string },
    texts: TextField[],
    seed: string,
    { name }: Requester,
  ): Promise<RecordDecision> {
    const assessment = await this.compliance.assess(texts, { subject: subjectKey(subject) });
    const record: RecordDecision = (manager) => this.compliance.record(manager, subject, assessment, name);
    if (mayPass(assessment.evaluation.action)) return record;
    const decision = await this.dataSource.transaction(record);
    if (!mayPass(await this.compliance.outcomeOf(decision)))
      throw ComplianceError.refused(what, decision, seed);
    return record;
  }
}

/** A seed of digits is a number and says nothing. */
function textsOf({ title, description }: Scenario, seed: string): TextField[] {
  const texts = [
    { field: 'title', text: title },
    { field: 'description', text: description },
  ];
  return /^\d+$/u.test(seed) ? texts : [...texts, { field: 'seed', text: seed }];
}
