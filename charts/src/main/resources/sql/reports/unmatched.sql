-- Ids of some practices without a match in their other systems, the most frequent first.
SELECT
    practice_id,
    kind,
    side,
    value,
    name,
    string_agg(source, ', ' ORDER BY source) AS sources,
    sum(rows) AS rows,
    any_value(candidates) AS candidates,
    any_value(proposed_id) AS proposal
FROM unmatched_identities
WHERE practice_id = ANY($1)
GROUP BY practice_id, kind, side, value, name
ORDER BY rows DESC, kind, side, value
