-- A row for each practice that engaged a consultant.
SELECT consultant_id, name, practice_id
FROM consultants
ORDER BY consultant_id, practice_id
