/** What may happen to a text, from the mildest to the strictest; docs/adr/0018 says why in this order. */
export const ACTIONS = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

export function isStricter(action: Action, than: Action): boolean {
  return ACTIONS.indexOf(action) > ACTIONS.indexOf(than);
}

/** Whether a text with this action may go on: others wait for a person, or never go. */
export function mayPass(action: Action): boolean {
  return action === 'allow' || action === 'label';
}
