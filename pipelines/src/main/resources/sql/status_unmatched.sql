-- Ids that only one side of a practice's systems has, the most frequent first.
SELECT
  practice_id AS practice, kind, side, value,
  CASE WHEN name <> value THEN name END AS name,
  string_agg(source, ', ' ORDER BY source) AS sources,
  sum(rows) AS rows,
  CASE
    WHEN bool_or(is_mapped) THEN 'mapped, but its file is gone'
    WHEN any_value(proposed_id) IS NOT NULL THEN any_value(proposed_id)
    WHEN any_value(candidates) > 1 THEN any_value(candidates) || ' are similar'
  END AS proposal
FROM unmatched_identities
GROUP BY practice_id, kind, side, value, name
ORDER BY rows DESC, practice_id, kind, side, value
LIMIT 20
