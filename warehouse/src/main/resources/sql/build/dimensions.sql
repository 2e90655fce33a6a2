-- A fact may name a provider, room, service or product that no reference export describes: it gets a
-- row under its id, so that no join loses a fact.
INSERT INTO providers BY NAME
SELECT practice_id, provider_id,
  CASE provider_id WHEN 'unattributed' THEN 'Nobody named' ELSE provider_id END AS name
FROM (
  SELECT practice_id, provider_id FROM appointments
  UNION SELECT practice_id, provider_id FROM shifts
  UNION SELECT practice_id, provider_id FROM timecards
  UNION SELECT practice_id, provider_id FROM sale_lines
  UNION SELECT practice_id, seller_id FROM sale_lines
  UNION SELECT practice_id, member_id FROM measures_weekly WHERE grain = 'provider'
) named
ANTI JOIN providers USING (practice_id, provider_id)
WHERE provider_id IS NOT NULL
ORDER BY ALL;

INSERT INTO rooms BY NAME
SELECT practice_id, location_id, room_id, room_id AS name
FROM (
  SELECT practice_id, location_id, room_id FROM appointments
  UNION SELECT practice_id, location_id, member_id FROM measures_weekly WHERE grain = 'room'
) named
ANTI JOIN rooms USING (practice_id, location_id, room_id)
WHERE room_id IS NOT NULL
ORDER BY ALL;

INSERT INTO services BY NAME
SELECT practice_id, service_id, service_id AS name
FROM (
  SELECT practice_id, service_id FROM appointments
  UNION SELECT practice_id, service_id FROM sale_lines
  UNION SELECT practice_id, service_id FROM service_products
) named
ANTI JOIN services USING (practice_id, service_id)
WHERE service_id IS NOT NULL
ORDER BY ALL;

INSERT INTO products BY NAME
SELECT practice_id, product_id, product_id AS name
FROM (
  SELECT practice_id, product_id FROM sale_lines
  UNION SELECT practice_id, product_id FROM stock_movements
  UNION SELECT practice_id, product_id FROM stock_counts
  UNION SELECT practice_id, product_id FROM service_products
  UNION SELECT practice_id, product_id FROM inventory_on_hand
  UNION SELECT practice_id, member_id FROM measures_weekly WHERE grain = 'product'
) named
ANTI JOIN products USING (practice_id, product_id)
WHERE product_id IS NOT NULL
ORDER BY ALL;

-- The configuration's number of treatment rooms wins over counting the rooms export; neither leaves
-- NULL, because nobody knows.
UPDATE locations SET rooms = counted.rooms
FROM (
  SELECT practice_id, location_id, count(*) AS rooms
  FROM rooms
  WHERE lower(kind) = 'treatment'
  GROUP BY ALL
) counted
WHERE locations.rooms IS NULL
  AND counted.practice_id = locations.practice_id AND counted.location_id = locations.location_id;
