import { InvalidInputError, type Permission } from '../http/index.js';
import { rootOf, topicPermissions } from './event-catalog.js';

/** What a subscriber listens to: one topic (`jobs.<id>`), or all below a root (`jobs.*`). */
export class TopicFilter {
  private readonly exact: ReadonlySet<string>;
  private readonly roots: ReadonlySet<string>;

  /** @throws InvalidInputError when a topic is not known */
  constructor(topics: readonly string[]) {
    const known = topicPermissions();
    const wrong = topics.filter((topic) => !TOPIC.test(topic) || !known.has(rootOf(topic)));
    if (wrong.length > 0 || topics.length === 0) {
      const accepted = [...known.keys()].map((root) => `${root}.*, ${root}.<id>`).join(', ');
      throw new InvalidInputError(
        (wrong.length > 0 ? wrong : ['']).map((topic) => ({
          field: 'topics',
          message: `${topic === '' ? 'nothing' : JSON.stringify(topic.slice(0, 80))} is no topic; there are ${accepted}`,
        })),
      );
    }
    this.roots = new Set(topics.filter((topic) => topic.endsWith('.*')).map(rootOf));
    this.exact = new Set(topics.filter((topic) => !this.roots.has(rootOf(topic))));
  }

  /** The permissions that listening needs. */
  get permissions(): Set<Permission> {
    const known = topicPermissions();
    const roots = [...this.roots, ...[...this.exact].map(rootOf)];
    return new Set(roots.flatMap((root) => known.get(root) ?? []));
  }

  matches(topic: string): boolean {
    return this.exact.has(topic) || (this.roots.size > 0 && this.roots.has(rootOf(topic)));
  }

  /** The same as parameters of SQL: exact topics, and patterns of LIKE. */
  get sql(): [exact: string[], patterns: string[]] {
    return [[...this.exact], [...this.roots].map((root) => `${root}.%`)];
  }
}

const TOPIC = /^[a-z_]{1,40}\.(?:\*|[A-Za-z0-9_-]{1,100})$/;
