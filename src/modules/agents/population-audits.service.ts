import { Injectable } from '@nestjs/common';
import { VERSION } from '../../core/version.js';
import { ComplianceService } from '../compliance/index.js';
import { AgentsService } from './agents.service.js';
import { renderAudit, type AuditSubject } from './audit/audit-html.js';
import { auditPopulation, type PopulationAudit } from './audit/population-audit.js';
import { WrittenPopulations, type WritingSummary } from './writing/written-populations.js';

/** An audit with what it is of, as it goes over the wire. */
export interface PopulationAuditDocument extends PopulationAudit {
  synthetic: true;
  population_id: string;
  name: string | null;
  digest: string;
  seed: string;
  generator_version: number;
  product_version: string;
  refused: { decision_id: string; action: string; reasons: string | null };
  /** What came of the writing, with what was refused of it; null where rules wrote. */
  writing: WritingSummary | null;
}

/** Holds populations against their specifications. */
@Injectable()
export class PopulationAuditsService {
  constructor(
    private readonly agents: AgentsService,
    private readonly compliance: ComplianceService,
    private readonly written: WrittenPopulations,
  ) {}

  /**
   * Makes all agents of a population again and counts them: a second for each 20,000.
   * @throws PopulationNotFound; GeneratorChanged when its agents could not be made again
   */
  async audit(reference: string): Promise<PopulationAuditDocument> {
    const population = await this.agents.population(reference);
    const source = await this.written.sourceOf(population);
    const { id, name, digest, seed, generator_version, decision_id } = population;
    const audit = await auditPopulation(source);
    const { action, reasons } = await this.compliance.get(decision_id);
    return {
      synthetic: true,
      population_id: id,
      name,
      digest,
      seed,
      generator_version,
      product_version: VERSION,
      ...audit,
      refused: { decision_id, action, reasons },
      writing: await this.written.summaryOf(population.writing_id),
    };
  }

  /** An audit as a page that needs nothing else. */
  page(document: PopulationAuditDocument): string {
    const {
      population_id: id,
      name,
      digest,
      seed,
      generator_version,
      product_version,
      refused,
      writing,
    } = document;
    const subject: AuditSubject = {
      id,
      name,
      digest,
      seed,
      generator_version,
      product_version,
      guard: refused,
      writing,
    };
    return renderAudit(subject, document);
  }
}
