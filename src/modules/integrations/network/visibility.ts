// Conditions on posts. `viewer` is SQL for the account that looks, a parameter or a column; where it may be null, for nobody.

/** SQL that is true of posts `s` that an account may see. */
export function visibleTo(viewer: string, s = 's'): string {
  return `(${s}.state = 'published' AND (${s}.visibility IN ('public', 'unlisted') OR ${s}.account_id = ${viewer}
    OR EXISTS (SELECT 1 FROM network_mentions m
      WHERE m.network_id = ${s}.network_id AND m.status_id = ${s}.id AND m.account_id = ${viewer})
    OR (${s}.visibility = 'private' AND EXISTS (SELECT 1 FROM network_relations r
      WHERE r.network_id = ${s}.network_id AND r.kind = 'follow' AND r.account_id = ${viewer}
        AND r.target_id = ${s}.account_id)))
    AND NOT EXISTS (SELECT 1 FROM network_relations r
      WHERE r.network_id = ${s}.network_id AND r.kind = 'block' AND r.account_id = ${s}.account_id
        AND r.target_id = ${viewer}))`;
}

const PEOPLE = 's.account_id, o.account_id, s.in_reply_to_account_id, o.in_reply_to_account_id';

/**
 * SQL that is true unless an account mutes or blocks somebody who is in post `s`, or in `o`, which it boosts.
 * @param people columns with accounts: who wrote, who boosted and who is answered, unless others are named
 */
export function wantedBy(viewer: string, people = PEOPLE): string {
  return `NOT EXISTS (SELECT 1 FROM network_relations r
    WHERE r.network_id = s.network_id AND r.account_id = ${viewer} AND r.target_id IN (${people})
      AND (r.kind = 'block' OR (r.kind = 'mute' AND (r.expires_at IS NULL OR r.expires_at > now()))))`;
}

/** SQL that is true where an account follows another. @param more condition on the relation `f` */
export type Follows = (target: string, more?: string) => string;

/** For one viewer and many posts: whom it follows is looked up once. The network is `$1`. */
export function followedBy(viewer: string): Follows {
  return (target, more = 'true') =>
    `${target} IN (SELECT f.target_id FROM network_relations f
      WHERE f.network_id = $1 AND f.kind = 'follow' AND f.account_id = ${viewer} AND ${more})`;
}

/** For many viewers and one post: each relation is looked up by its key. The network is `$1`. */
export function followsOf(viewer: string): Follows {
  return (target, more = 'true') =>
    `EXISTS (SELECT 1 FROM network_relations f
      WHERE f.network_id = $1 AND f.kind = 'follow' AND f.account_id = ${viewer} AND f.target_id = ${target} AND ${more})`;
}

/**
 * SQL that is true of posts `s`, with originals `o`, on the home timeline of an account that may see them: of whom it follows, and
 * its own; replies to others only where these are followed, too.
 */
export function atHomeOf(viewer: string, follows: Follows): string {
  return `(s.visibility <> 'direct' AND ${wantedBy(viewer)} AND (s.reblog_of_id IS NULL OR ${visibleTo(viewer, 'o')})
    AND (s.account_id = ${viewer} OR (${follows('s.account_id')}
      AND (s.reblog_of_id IS NULL OR ${follows('s.account_id', 'f.reblogs')})
      AND (s.in_reply_to_account_id IS NULL OR s.in_reply_to_account_id IN (${viewer}, s.account_id)
        OR ${follows('s.in_reply_to_account_id')}))))`;
}

/** Posts `s` with the original `o` of a boost. */
export const WITH_ORIGINALS = `network_statuses s
  LEFT JOIN network_statuses o ON o.network_id = s.network_id AND o.id = s.reblog_of_id`;
