export type CheckStatus = 'ok' | 'warn' | 'fail';

/** What a check found, and what to do about it. */
export interface Finding {
  name: string;
  status: CheckStatus;
  detail: string;
  advice?: string;
}
