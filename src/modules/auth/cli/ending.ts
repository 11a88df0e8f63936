import type { Cli } from '../../../core/cli/index.js';

/** How something ends, in the words of its command. */
interface Ending {
  /** `revoke` */
  verb: string;
  /** `revoked`, the field of the result too. */
  past: string;
}

export const DELETION: Ending = { verb: 'delete', past: 'deleted' };
export const REVOCATION: Ending = { verb: 'revoke', past: 'revoked' };

/**
 * Tells what has ended, or would have.
 * @param what in words: `role clerk`
 * @param facts the same for programs
 */
export function printEnding(
  cli: Cli,
  { verb, past }: Ending,
  what: string,
  facts: object,
  dryRun: boolean,
): void {
  cli.output.result(
    { synthetic: true, ...facts, [past]: !dryRun },
    `${dryRun ? `would ${verb}` : past} ${what}`,
  );
}
