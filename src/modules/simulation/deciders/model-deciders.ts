import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import {
  LlmError,
  LlmGateway,
  modelWriterOf,
  tapeOf,
  type LanguageModel,
  type ModelWriter,
} from '../../../core/llm/index.js';
import type { Run } from '../run.entity.js';
import { scenarioDigest } from '../scenarios/scenario.loader.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import type { Simulation } from '../simulation.rules.js';
import { SimulationError } from '../simulation.errors.js';
import type { KeptDecision } from './decision.js';
import type { ModelDecider } from './deciders.schema.js';
import {
  type Asked,
  decisionIn,
  decisionRequest,
  decisionsSchema,
  emptyDecisionRequest,
  type ModelDecisions,
  promptOfDecisions,
} from './feed.request.js';
import { type ModelTurn, noModelTurn } from './model-turn.js';
import type { Offer } from './offers.rules.js';

/** There is no model to ask: nothing else would come of asking again. */
const UNASKABLE = new Set(['llm_no_rule', 'llm_not_configured', 'llm_model_missing', 'llm_request_invalid']);

/** A language model that decides for the people of a decider. */
export interface DecidingModel {
  readonly session: LanguageModel;
  readonly writer: ModelWriter;
  readonly cassette: string;
}

/** What a model is to decide on. */
export interface ModelTask {
  readonly run: Pick<Run, 'seed'>;
  readonly simulation: Simulation;
  readonly place: number;
  readonly decider: ModelDecider;
  readonly offers: readonly Offer[];
  readonly tick: number;
  /** Calls that were made for the decider in the ticks before. */
  readonly spent: number;
}

/** What a model decided for the people of a decider in a tick. */
export interface ModelAnswer {
  readonly decisions: Readonly<Record<string, KeptDecision>>;
  readonly turn: ModelTurn;
}

/** Lets language models decide for agents. */
@Injectable()
export class ModelDeciders {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: LlmGateway,
  ) {}

  /**
   * The model that decides for the people of a decider.
   * @param before what decided for them in earlier ticks
   * @throws SimulationError `model_changed` where that was another; `model_missing` where none is configured, or a replay has no cassette; LlmError where it cannot be asked;
   *   CassetteError
   */
  async open(
    run: Pick<Run, 'seed' | 'scenario_digest'>,
    place: number,
    decider: ModelDecider,
    before?: ModelWriter,
  ): Promise<DecidingModel> {
    const tape = tapeOf(this.config.llm, decider, ownCassette(run, place));
    if (tape === undefined)
      throw missing(place, 'cassette', 'names what is to be replayed; it is needed for the mode replay');
    const session = this.gateway.session({ mode: tape.cassette_mode, cassette: tape.cassette });
    const writer = await modelWriterOf(session, emptyDecisionRequest(), promptOfDecisions());
    if (before !== undefined && !isDeepStrictEqual(before, writer)) {
      const message = `the model ${before.model} or its prompt has changed since it decided in earlier ticks`;
      throw new SimulationError('conflict', 'model_changed', message);
    }
    if (writer !== undefined) return { session, writer, cassette: tape.cassette };
    throw missing(
      place,
      'kind',
      'llm needs a language model: set OLLAMA_BASE_URL or AZT3KNET_OPENAI_BASE_URL',
    );
  }

  /** Refuses a scenario whose models cannot be asked. @throws as {@link open} */
  async check(scenario: Scenario, seed: string): Promise<void> {
    if (scenario.model === 'feedsim') return;
    const run = { seed, scenario_digest: scenarioDigest(scenario) };
    for (const [place, decider] of (scenario.deciders ?? []).entries())
      if (decider.kind === 'llm' && decider.repeats === undefined) await this.open(run, place, decider);
  }

  /**
   * Decides for everybody who has something to decide on, some at once; what the model does not decide is left to what the scenario says.
   * The order in which it answers makes no difference.
   * @throws CassetteError where a replay lacks an answer; LlmError where there is no model to ask; the reason of the signal
   */
  async decide(model: DecidingModel, task: ModelTask, signal: AbortSignal): Promise<ModelAnswer> {
    const { decider, place, spent } = task;
    const decisions: Record<string, KeptDecision> = {};
    const turn = noModelTurn(place, model);
    const batches = batchesOf(task);
    const affordable = Math.max(0, decider.budget_calls - spent);
    const asked = batches.slice(0, affordable);
    turn.calls = asked.length;
    turn.agents = batches.flat().length;
    turn.over_budget = batches.slice(affordable).flat().length;
    const answers = await Promise.all(asked.map((people, at) => this.ask(model, task, people, at, signal)));
    for (const [at, answer] of answers.entries()) take(asked[at] ?? [], answer, { decisions, turn });
    for (const { offer } of batches.flat())
      decisions[offer.agent_id] ??= { does: decider.missing, origin: 'missing' };
    for (const { agent_id } of task.offers) decisions[agent_id] ??= { does: 'nothing', origin: 'decided' };
    return { decisions, turn };
  }

  private async ask(
    { session }: DecidingModel,
    { run, tick, place }: ModelTask,
    people: readonly Asked[],
    at: number,
    signal: AbortSignal,
  ): Promise<BatchAnswer> {
    const seed = `${digestOf(run.seed)}/${place}/${tick}/${at}`;
    try {
      const { value, tokens } = await session.complete(decisionRequest(people), {
        seed,
        signal,
        schema: decisionsSchema,
      });
      return { value, tokens };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LlmError && !UNASKABLE.has(error.code)) return { failure: error.code };
      throw error;
    }
  }
}

type BatchAnswer =
  | { readonly value: ModelDecisions; readonly tokens: { readonly input: number; readonly output: number } }
  | { readonly failure: string };

/** People who have something to decide on, as many at once as the scenario says. */
function batchesOf({ simulation, decider, offers }: ModelTask): Asked[][] {
  const agents = new Map(simulation.agents.map((agent) => [agent.id, agent]));
  const asked = offers.flatMap((offer) => {
    const agent = agents.get(offer.agent_id);
    const idle = offer.feed.length === 0 && offer.draft === null && offer.notification === null;
    return agent === undefined || (idle && !offer.accepts.includes('return')) ? [] : [{ offer, agent }];
  });
  const batches: Asked[][] = [];
  for (let from = 0; from < asked.length; from += decider.batch)
    batches.push(asked.slice(from, from + decider.batch));
  return batches;
}

/** Takes what can be taken of an answer. */
function take(
  people: readonly Asked[],
  answer: BatchAnswer,
  { decisions, turn }: { decisions: Record<string, KeptDecision>; turn: ModelTurn },
): void {
  if ('failure' in answer) {
    turn.failed[answer.failure] = (turn.failed[answer.failure] ?? 0) + people.length;
    return;
  }
  turn.input_tokens += answer.tokens.input;
  turn.output_tokens += answer.tokens.output;
  for (const [at, asked] of people.entries()) {
    const answered = answer.value.people.find(({ n }) => n === at + 1);
    const decided = answered && decisionIn(asked, answered);
    if (decided === undefined) {
      turn.omitted += 1;
      continue;
    }
    turn.refused_acts += decided.refused;
    decisions[asked.offer.agent_id] = { ...decided.decision, origin: 'decided' };
  }
}

function ownCassette(
  { seed, scenario_digest }: Pick<Run, 'seed' | 'scenario_digest'>,
  place: number,
): string {
  return `decisions-${digestOf(`${scenario_digest} ${seed} ${place}`)}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function missing(place: number, field: string, message: string): SimulationError {
  const at = `deciders[${place}].${field}`;
  return new SimulationError('invalid', 'model_missing', `${at} ${message}`, [{ field: at, message }]);
}
