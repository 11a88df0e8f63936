import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  ComplianceError,
  ComplianceService,
  isCovered,
  mayPass,
  subjectKey,
  type Decision,
  type DecisionSubject,
  type LetGo,
  type TextField,
} from '../compliance/index.js';
import type { AgentSource } from './agent.source.js';
import type { Composition } from './composition/composition.js';
import type { NormalSpecification } from './population.specification.js';
import type { Progress } from './population.steps.js';

/** Lets the guard read whole populations. */
@Injectable()
export class PopulationGuard {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly compliance: ComplianceService,
  ) {}

  /**
   * Refuses at once what a job would refuse after making all the biographies.
   * @throws ComplianceError when the guard refuses the specification itself
   */
  async requireDecent({ id, specification }: AgentSource, actor: string): Promise<void> {
    const subject = { type: 'population', id };
    const assessment = await this.compliance.assess(specificationTexts(specification), {
      subject: subjectKey(subject),
    });
    if (mayPass(assessment.evaluation.action)) return;
    const decision = await this.dataSource.transaction((manager) =>
      this.compliance.record(manager, subject, assessment, actor),
    );
    if (mayPass(await this.compliance.outcomeOf(decision))) return;
    const fields = [...new Set(assessment.evaluation.matches.map((match) => match.field))];
    throw ComplianceError.refused(fields.join(', '), decision, specification.seed);
  }

  /**
   * Lets the guard read the specification and every different biography. Its decision is stored before what it allows;
   * deciding the same again after a crash is the same decision. What people let go of the specification goes on in the
   * biographies that rules make of it; the words of a model are its own.
   * @throws ComplianceError when the guard does not let the population pass
   */
  async decide(source: AgentSource, progress: Progress, actor: string): Promise<Decision> {
    progress.next('checking');
    const subject = { type: 'population', id: source.id };
    const goesBy = await this.letGo(source, subject);
    const assessment = await this.compliance.assessAll(populationTexts(source, progress), {
      subject: subjectKey(subject),
      letGo: goesBy && ((match) => isCovered(goesBy, match)),
    });
    const decision = await this.dataSource.transaction((manager) =>
      this.compliance.record(manager, subject, { ...assessment, goesBy }, actor),
    );
    const outcome = await this.compliance.outcomeOf(decision);
    if (!mayPass(outcome))
      throw ComplianceError.refused('the population', decision, source.specification.seed);
    return decision;
  }

  /** What people let go of a specification that the guard holds. */
  private async letGo({ specification }: AgentSource, subject: DecisionSubject): Promise<LetGo | undefined> {
    if (specification.writer !== undefined) return undefined;
    const assessment = await this.compliance.assess(specificationTexts(specification), {
      subject: subjectKey(subject),
    });
    if (mayPass(assessment.evaluation.action)) return undefined;
    return this.compliance.letGo(subject, assessment);
  }
}

/** The texts of a specification that the guard reads; a seed of digits is a number and says nothing. */
function specificationTexts({ city, interests, seed, composition }: NormalSpecification): TextField[] {
  return [
    ...(city === null ? [] : [{ field: 'city', text: city }]),
    ...interests.map((text, index) => ({ field: `interests[${index}]`, text })),
    ...(/^\d+$/u.test(seed) ? [] : [{ field: 'seed', text: seed }]),
    ...(composition === undefined ? [] : compositionTexts(composition)),
  ];
}

function words(field: string, text: string): TextField {
  return { field, text: text.replaceAll('_', ' ') };
}

/** What a composition says in words that agents have or are about. */
function compositionTexts({ attributes, persona }: Composition): TextField[] {
  return [
    ...attributes.flatMap(({ name, kind, levels }) => [
      words(`attributes.${name}`, name),
      // A range of numbers says nothing, and might look like a telephone.
      ...(kind === 'range' ? [] : levels.map((text) => ({ field: `attributes.${name}.${text}`, text }))),
    ]),
    ...(persona?.opinions ?? []).map(({ topic }) => words(`persona.opinions.${topic}`, topic)),
    ...(persona?.relationships ?? []).map(({ kind }) => words('persona.relationships', kind)),
  ];
}

/** What the guard reads: the specification, every biography, and of what a model wrote the names and interests too. */
async function* populationTexts(source: AgentSource, progress: Progress): AsyncGenerator<TextField> {
  const { specification } = source;
  yield* specificationTexts(specification);
  let index = 0;
  for await (const agents of source.chunks()) {
    for (const { bio, name, interests } of agents) {
      yield { field: `agents[${index}].bio`, text: bio };
      if (specification.writer !== undefined) {
        yield { field: `agents[${index}].name`, text: name };
        for (const text of interests) yield { field: `agents[${index}].interests`, text };
      }
      index += 1;
    }
    progress.done(index);
    await setImmediate();
  }
}
