-- Lists of which something is told and not all; of those of which nothing is, the practice has no such system.
SELECT practice_id, location_id, label, state, brings
FROM list_completeness
WHERE state <> 'full' AND parts_told > 0 AND practice_id = ANY($1)
ORDER BY list_order, location_id
