import { LaunchRefused } from './executor.js';
import { ownerOf, processTable } from './process-table.js';

/** Users that no account has and that systemd gives to nobody, below 65,536, which is all that many containers know. */
const FIRST_UID = 60_578;
const UIDS = 606;

/** Users that bots run as, each as one of its own. */
export class BotUsers {
  private readonly taken = new Set<number>();

  /** @param first where to begin, a whole number: a user shows only once its process has become it, so two servers of a machine begin apart */
  constructor(private readonly first: number) {}

  /** Takes one that nobody runs as. @throws LaunchRefused */
  take(): number {
    const used = new Set(processTable().map(({ pid }) => ownerOf(pid)));
    for (let next = 0; next < UIDS; next += 1) {
      const uid = FIRST_UID + ((this.first + next) % UIDS);
      if (this.taken.has(uid) || used.has(uid)) continue;
      this.taken.add(uid);
      return uid;
    }
    throw new LaunchRefused('NoUserLeft', `all ${UIDS} users for bots are taken`);
  }

  /** Keeps that of a process that runs already. @returns it; null where it is none of these */
  keep(uid: number | undefined): number | null {
    if (uid === undefined || uid < FIRST_UID || uid >= FIRST_UID + UIDS) return null;
    this.taken.add(uid);
    return uid;
  }

  /** Has no bot run as it any more. @param uid null: it ran as no user of its own */
  giveBack(uid: number | null): void {
    if (uid !== null) this.taken.delete(uid);
  }
}
