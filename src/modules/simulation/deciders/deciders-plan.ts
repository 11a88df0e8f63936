/** A decider as scenarios have it, defaults filled in. */
interface Decider {
  readonly kind: string;
  readonly people?: { readonly share?: number | undefined } | undefined;
  readonly every?: number | undefined;
  readonly batch?: number | undefined;
  readonly most_people?: number | undefined;
  readonly budget_calls?: number | undefined;
  readonly repeats?: string | undefined;
}

/** What a decider outside will be asked for in a run, at most. */
export interface PlannedDecider {
  /** Place in the scenario. */
  readonly decider: number;
  readonly kind: string;
  /** Of a population of the scenario's size; who belongs to an earlier group or lacks the interests is counted with them. */
  readonly agents: number;
  /** Ticks in which it is asked. */
  readonly ticks: number;
  /** Of a language model, the questions of the whole run, and how many it may be asked; null for others. */
  readonly questions: number | null;
  readonly budget: number | null;
}

/** What those who decide outside will be asked for. @param ticks of the run */
export function decidersPlan(
  scenario: {
    readonly deciders?: readonly Decider[] | undefined;
    readonly population?: { readonly count: number };
  },
  ticks: number,
): PlannedDecider[] {
  const { deciders = [], population } = scenario;
  return deciders.flatMap((each, decider) => {
    const { kind, people, every = 1, batch = 1, most_people = Infinity, budget_calls = null, repeats } = each;
    if ((kind !== 'external' && kind !== 'llm') || repeats !== undefined) return [];
    const agents = Math.min(Math.round((population?.count ?? 0) * (people?.share ?? 1)), most_people);
    const asked = Math.ceil(ticks / every);
    const questions = kind === 'llm' ? asked * Math.ceil(agents / batch) : null;
    return [{ decider, kind, agents, ticks: asked, questions, budget: budget_calls }];
  });
}
