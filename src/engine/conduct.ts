/** An act that somebody else decided on, about what the agent is shown. */
export interface GuidedAct {
  /** Code of EVENT_KINDS. */
  readonly kind: number;
  /** The draft that the original was written as: whichever entry brings it. */
  readonly draft: number;
  /** The original itself where it is known, otherwise -1. */
  readonly root: number;
  /** Of a comment: whether it answers what the agent was told of. */
  readonly told: boolean;
  /** Of a comment, the comment answered, by its number, and who wrote that; -1 for the post itself. */
  readonly comment: number;
  readonly commenter: number;
  /** Of a reaction, the code of REACTIONS. */
  readonly value: number;
}

/** What somebody else decided that an agent does in a tick. */
export interface Conduct {
  /** Whether it posts its next draft instead of reading what it is shown. */
  readonly posts: boolean;
  readonly leaves: boolean;
  /** In their order. What is about nothing that is shown is left out. */
  readonly acts: readonly GuidedAct[];
}

/** Agents for whom somebody else decides. A function of tick and agent alone, so that a run can go on from any checkpoint. */
export interface Guidance {
  /** 1 for each of them. */
  readonly agents: Uint8Array;
  /** What an agent does in a tick; nothing where it does not open the feed. */
  conduct(tick: number, agent: number): Conduct | undefined;
  /** Whether an agent who was away comes back. */
  returns(tick: number, agent: number): boolean;
  /** Whether the rules decide for one of them in a tick after all; never unless given. */
  leavesToRules?(tick: number, agent: number): boolean;
}
