-- Lists of which something is told and not all, by harm: empty ones, then what a person can write down, then
-- what is missing for most; of those of which nothing is, the practice has no such system.
SELECT practice_id, location_id, label, state, column_name, brings
FROM list_completeness
WHERE state <> 'full' AND parts_missing < parts AND missing_share >= 0.05 AND practice_id = ANY($1)
ORDER BY state = 'empty' DESC, is_by_hand DESC, missing_share DESC, list_order, location_id
