-- Ids of one practice without a match in its other systems, the most frequent first.
SELECT
    kind,
    side,
    value,
    name,
    string_agg(source, ', ' ORDER BY source) AS sources,
    sum(rows) AS rows,
    any_value(candidates) AS candidates,
    any_value(proposed_id) AS proposal
FROM unmatched_identities
WHERE practice_id = $1
GROUP BY kind, side, value, name
ORDER BY rows DESC, kind, side, value
