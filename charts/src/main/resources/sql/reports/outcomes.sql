-- What became of what the practice's letter of the week before named.
SELECT location_id, sentence, status, became, came
FROM action_outcomes
WHERE practice_id = $1 AND week_start = CAST($2 AS DATE) - 7 AND is_in_letter
ORDER BY rank
