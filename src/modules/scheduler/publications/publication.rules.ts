export const PUBLICATION_STATES = [
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
  'published',
  'removed',
  'failed',
  'cancelled',
  'expired',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];
