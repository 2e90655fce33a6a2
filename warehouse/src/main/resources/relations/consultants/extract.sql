-- A practice sees whom it engaged; a consultant not who else was.
SELECT c.*
FROM published.consultants c
JOIN audience a USING (practice_id)
WHERE a.audience <> 'consultant' OR c.consultant_id = a.audience_id
