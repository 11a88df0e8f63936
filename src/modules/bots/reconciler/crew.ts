import type { Bot, BotState } from '../registry/bot.entity.js';
import type { BotInstance, BotRevision } from '../registry/bot-instance.entity.js';
import { Ward } from './ward.js';

/** A bot in the care of this process, with all its instances. */
export class Crew {
  /** By their ordinals. */
  readonly wards = new Map<number, Ward>();
  /** Starts in place of an earlier process that are not counted with it yet. */
  restarted = 0;
  private readonly byRevision = new Map<number, Bot>();

  constructor(
    private wanted: Bot,
    public state: BotState,
  ) {}

  get id(): string {
    return this.wanted.id;
  }

  get bot(): Bot {
    return this.wanted;
  }

  get all(): Ward[] {
    return [...this.wards.values()].toSorted((one, other) => one.ordinal - other.ordinal);
  }

  /** Takes what is wanted of it now. @param revisions others than the present one that instances of it run */
  want(bot: Bot, revisions: readonly BotRevision[]): void {
    this.wanted = bot;
    this.byRevision.clear();
    for (const { revision, blueprint, blueprint_sha256, manifest, configuration } of revisions)
      this.byRevision.set(
        revision,
        Object.assign({}, bot, { revision, blueprint, blueprint_sha256, manifest, configuration }),
      );
  }

  /** The bot as an instance of a revision is to run it. */
  botOf(revision: number): Bot {
    return this.byRevision.get(revision) ?? this.wanted;
  }

  /** Takes an instance on. */
  add(instance: BotInstance): Ward {
    const ward = new Ward(this, instance);
    this.wards.set(instance.ordinal, ward);
    return ward;
  }

  /** Whether what was found with the instance of an ordinal is the affair of this one: of the first, where that one is gone. */
  answers(ordinal: number, ward: Ward): boolean {
    return ward.ordinal === ordinal || (!this.wards.has(ordinal) && this.all[0] === ward);
  }
}
