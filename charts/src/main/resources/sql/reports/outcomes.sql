-- What became of what the practices' letters of the week before named.
SELECT practice_id, location_id, sentence, status, became, came
FROM action_outcomes
WHERE practice_id = ANY($1) AND week_start = CAST($2 AS DATE) - 7 AND is_in_letter
ORDER BY rank
