-- A fact may name one that no reference export describes: it gets a row under its id, so that no join
-- loses a fact.
SELECT practice_id, service_id, service_id AS name
FROM (
  SELECT practice_id, service_id FROM appointments
  UNION SELECT practice_id, service_id FROM sale_lines
  UNION SELECT practice_id, service_id FROM service_products
) named
ANTI JOIN services USING (practice_id, service_id)
WHERE service_id IS NOT NULL
ORDER BY ALL
