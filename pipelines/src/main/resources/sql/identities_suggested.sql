-- What a person may confirm, the most frequent first; the columns are those of identities.csv and more.
SELECT kind, source, value, proposed_id AS canonical_id, score, rows, name AS value_name,
  proposed_name AS canonical_name
FROM unmatched_identities
WHERE proposed_id IS NOT NULL
ORDER BY sum(rows) OVER (PARTITION BY practice_id, kind, value) DESC, practice_id, kind, value, source
