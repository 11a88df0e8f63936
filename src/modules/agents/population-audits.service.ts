import { Injectable } from '@nestjs/common';
import { VERSION } from '../../core/version.js';
import { ComplianceService } from '../compliance/index.js';
import { GeneratorChanged } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import { renderAudit, type AuditSubject } from './audit/audit-html.js';
import { auditPopulation, type PopulationAudit } from './audit/population-audit.js';
import { createGenerator } from './create-generator.js';
import { specificationOf } from './population.specification.js';

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
}

/** Holds populations against their specifications. */
@Injectable()
export class PopulationAuditsService {
  constructor(
    private readonly agents: AgentsService,
    private readonly compliance: ComplianceService,
  ) {}

  /**
   * Makes all agents of a population again and counts them: a second for each 20,000.
   * @throws PopulationNotFound; GeneratorChanged when its agents could not be made again
   */
  async audit(reference: string): Promise<PopulationAuditDocument> {
    const population = await this.agents.population(reference);
    const generator = await createGenerator(specificationOf(population.specification));
    if (generator.id !== population.id) throw new GeneratorChanged();
    const { id, name, digest, seed, generator_version, decision_id } = population;
    const audit = await auditPopulation(generator);
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
    };
  }

  /** An audit as a page that needs nothing else. */
  page(document: PopulationAuditDocument): string {
    const { population_id: id, name, digest, seed, generator_version, product_version, refused } = document;
    const subject: AuditSubject = {
      id,
      name,
      digest,
      seed,
      generator_version,
      product_version,
      guard: refused,
    };
    return renderAudit(subject, document);
  }
}
