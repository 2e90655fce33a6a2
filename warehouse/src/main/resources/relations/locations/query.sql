-- The configuration's number of treatment rooms wins over counting the rooms export; neither leaves
-- NULL, because nobody knows.
SELECT c.* REPLACE (coalesce(c.rooms, counted.rooms) AS rooms)
FROM configured_locations c
LEFT JOIN (
  SELECT practice_id, location_id, count(*) AS rooms
  FROM rooms
  WHERE lower(kind) = 'treatment'
  GROUP BY ALL
) counted USING (practice_id, location_id)
ORDER BY c.position
