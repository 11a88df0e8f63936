import type { ChatCommand } from '../registry/chat-command.js';
import { commandsFor } from '../registry/registry.js';
import { SHELVES, type ThingKind } from '../registry/things.js';
import type { Action } from './actions.js';
import type { Before, SubjectSaid } from './reading.js';
import type { Noun } from './sentence.js';
import { has, type Span } from './spans.js';

/** What words point at, after what was said before. */
export class Subjects {
  constructor(private readonly before: Before) {}

  /** The kind of what "it" is, for this verb. */
  kindOf(action: Action, spans: readonly Span[], points: boolean): ThingKind | undefined {
    if (!points && action !== 'watch') return undefined;
    if (spans.some((span) => has(span, 'ordinal'))) return this.before.listed?.kind;
    if (this.pointsAtList(spans, action === 'watch')) {
      const kind = this.before.list?.kind;
      return kind !== undefined && commandsFor(kind, action).length > 0 ? kind : undefined;
    }
    const kinds = action === 'watch' ? (['job'] as const) : this.before.focus.slice(0, 1);
    return kinds.find((kind) => this.before.focus.includes(kind) && commandsFor(kind, action).length > 0);
  }

  /** What a command is about: a name, or what the words point at. */
  of(
    command: ChatCommand,
    given: Readonly<Record<string, unknown>>,
    left: readonly Span[],
    noun: Noun | undefined,
  ): SubjectSaid | undefined {
    const kind = command.subjectKind ?? command.kind;
    if (command.subject === undefined) return undefined;
    const name = given[command.subject];
    if (typeof name === 'string') return { by: 'name', name };
    const ordinal = left.flatMap(({ meanings }) => meanings).find((each) => each.is === 'ordinal');
    if (ordinal !== undefined && 'index' in ordinal) return { by: 'ordinal', kind, index: ordinal.index };
    const timeless = SHELVES[kind]?.timeless === true;
    const ofList =
      (!timeless || this.before.list?.count === 0) &&
      noun?.span === undefined &&
      kind === this.before.list?.kind &&
      this.pointsAtList(left, command.actions.includes('watch'));
    if (ofList) return { by: 'latest', kind, listed: true };
    if (!timeless && left.some((span) => has(span, 'latest'))) return { by: 'latest', kind };
    const optional = command.arguments.shape[command.subject]?.safeParse(undefined).success === true;
    const points = left.some((span) => has(span, 'reference'));
    const known = this.before.focus.includes(kind);
    if (points || (noun !== undefined && known && !optional)) return { by: 'focus', kind };
    return undefined;
  }

  /** Whether nothing was spoken of or listed that words point at. */
  isNowhere(said: SubjectSaid): boolean {
    const { focus, listed } = this.before;
    if (said.by === 'focus') return !focus.includes(said.kind);
    if (said.by !== 'ordinal') return false;
    return listed === undefined || listed.kind !== said.kind || said.index >= listed.count;
  }

  /** "The last one" after a list is of that list; after an empty one so is "it", but for what goes on and is watched. */
  private pointsAtList(spans: readonly Span[], watches: boolean): boolean {
    const { list } = this.before;
    if (list === undefined) return false;
    const isEmpty = list.count === 0 && !watches;
    return spans.some((span) => has(span, 'latest') || (isEmpty && has(span, 'reference')));
  }
}
