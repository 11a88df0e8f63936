import type { EntityManager } from 'typeorm';
import type { Permission } from '../../../core/http/index.js';
import type { Requester } from '../../agents/index.js';
import type { Awaited, WorkflowName } from './workflow.rules.js';

/** What a step waits for: what comes first of them. */
export interface Wait<Memo extends object = object> {
  for?: { kind: Awaited; id: string } | undefined;
  until?: Date | undefined;
  /** What the step is given when it goes on. */
  memo: Memo;
}

/** Written in the transaction that records the step: both are there, or neither. */
type Within<T> = T | ((manager: EntityManager) => Promise<T>);

/** What came of an attempt at a step. */
export type StepResult =
  | { kind: 'done'; output: Within<object> }
  | { kind: 'wait'; wait: Within<Wait> }
  /** The workflow has come to its end: what follows is skipped. */
  | { kind: 'finish'; output: Within<object>; reason: string }
  /** The workflow fails for good, for a reason that is to be told. */
  | { kind: 'refuse'; output: Within<object>; reason: string };

/** What an attempt at a step is given. */
export interface StepContext<Input extends object = object, Outputs extends object = object> {
  readonly workflowId: string;
  readonly input: Input;
  /** What the steps before it made, by their names. */
  readonly outputs: Outputs;
  /** What it said when it began to wait; undefined before. */
  readonly memo: object | undefined;
  /** In whose name it works. */
  readonly requester: Requester;
  /** When its first attempt began, and this one, by the clock of the database. */
  readonly startedAt: Date;
  readonly now: Date;
  /** Aborts when the workflow is cancelled or the process shuts down. */
  readonly signal: AbortSignal;
  /** The idempotency key of an act of this step, the same in every attempt. */
  readonly key: (part?: string) => string;
  readonly progress: (done: number, total: number, note?: string) => void;
  /** Starts another workflow in a transaction that records this step; one about the same is joined or ended, as it says. */
  readonly startWorkflow: (manager: EntityManager, name: WorkflowName, input: object) => Promise<string>;
}

/**
 * A named step. It may be begun again at any moment, from the beginning, as long as it is not recorded: what it does elsewhere
 * carries a key of {@link StepContext.key}, and what it writes in this database goes into its result.
 */
export interface Step {
  readonly name: string;
  readonly run: (context: StepContext) => Promise<StepResult>;
}

/** A kind of workflow: its steps in their order. */
export interface WorkflowDefinition {
  readonly name: WorkflowName;
  /** What a caller must be allowed beside `workflows:run`. */
  readonly needs: readonly Permission[];
  /** What he must be allowed besides, for what the input asks for. */
  needsFor?(input: object): readonly Permission[];
  readonly steps: readonly Step[];
  /** Of the jobs of its steps: the lower goes first; 0 unless it is said. */
  readonly priority?: number;
  /** What it is about, where one thing has at most one unfinished workflow of this name. */
  subjectOf?(input: object): string;
  /** What becomes of an unfinished one about the same subject when another is asked for: it is joined, or ended. */
  readonly again?: 'join' | 'supersede';
  /** Checks an input beyond its form. @throws AppError */
  check?(input: never): Promise<void>;
  /** Takes back what goes on by itself, in the transaction that cancels the workflow. */
  cancelled?(manager: EntityManager, workflowId: string, actor: string): Promise<void>;
}

/** A step of a workflow with this input, which reads these outputs of others. */
export function step<Input extends object, Outputs extends object = object>(
  name: string,
  run: (context: StepContext<Input, Outputs>) => Promise<StepResult>,
): Step {
  return { name, run: run as unknown as Step['run'] };
}
