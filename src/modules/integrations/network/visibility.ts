/** SQL that is true of posts `s` that an account may see; `viewer` is a parameter that may be null, for nobody. */
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

/** SQL that is true unless an account mutes or blocks who wrote, or who boosted, post `s` of which `o` is the original. */
export function wantedBy(viewer: string): string {
  return `NOT EXISTS (SELECT 1 FROM network_relations r
    WHERE r.network_id = s.network_id AND r.account_id = ${viewer} AND r.target_id IN (s.account_id, o.account_id)
      AND (r.kind = 'block' OR (r.kind = 'mute' AND (r.expires_at IS NULL OR r.expires_at > now()))))`;
}

/** Posts `s` with the original `o` of a boost. */
export const WITH_ORIGINALS = `network_statuses s
  LEFT JOIN network_statuses o ON o.network_id = s.network_id AND o.id = s.reblog_of_id`;
