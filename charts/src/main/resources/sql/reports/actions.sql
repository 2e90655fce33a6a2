-- What a practice can do, the first to be done first.
SELECT practice_id, location_id, action, subject, role, sentence, evidence, worth, low, expected, high, due_on,
  is_in_letter, is_of_location
FROM actions
WHERE practice_id = ANY($1)
ORDER BY rank
