import type { ConditionTold } from '../executor/executor.js';
import { withCondition, type BotCondition } from '../registry/bot.rules.js';

/** The conditions with others put in; those that say the same as before stay as they are. @param now milliseconds since 1970 */
export function conditionsWith(
  { conditions }: { conditions: BotCondition[] },
  more: readonly ConditionTold[],
  now: number,
): BotCondition[] {
  const at = new Date(now).toISOString();
  const isKnown = ({ type, status, reason, message }: ConditionTold): boolean =>
    conditions.some(
      (each) =>
        each.type === type && each.status === status && each.reason === reason && each.message === message,
    );
  return more
    .filter((each) => !isKnown(each))
    .reduce((all, each) => withCondition(all, each, at), conditions);
}

/** Whether two rows say the same. Values that are no dates are compared as they are. */
export function isSame<Row extends object>(before: Row, after: Row): boolean {
  return (Object.keys(after) as (keyof Row)[]).every((field) => {
    const [left, right] = [before[field], after[field]];
    return left instanceof Date && right instanceof Date
      ? left.getTime() === right.getTime()
      : left === right;
  });
}
