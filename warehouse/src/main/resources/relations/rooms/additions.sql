-- A fact may name one that no reference export describes: it gets a row under its id, so that no join
-- loses a fact.
SELECT practice_id, location_id, room_id, room_id AS name
FROM (
  SELECT practice_id, location_id, room_id FROM appointments
  UNION SELECT practice_id, location_id, member_id FROM measures_weekly WHERE grain = 'room'
) named
ANTI JOIN rooms USING (practice_id, location_id, room_id)
WHERE room_id IS NOT NULL
ORDER BY ALL
