-- Which ids of one side of a practice's systems the other side has too. Ids are those after
-- identities.csv was applied, so what is matched here meets in every number.

-- Each mention of an id: on which side, in which file, with how much revenue.
WITH credited AS (
  SELECT practice_id, location_id, source_file_id, local_date, kind AS line_kind, service_id, product_id, client_key,
    CASE WHEN kind IN ('service', 'retail', 'fee') THEN net_amount ELSE 0 END AS revenue,
    CASE kind WHEN 'retail' THEN seller_id ELSE provider_id END AS credited,
    CASE kind WHEN 'retail' THEN provider_id ELSE seller_id END AS other
  FROM sale_lines
), uses AS (
  SELECT practice_id, location_id, source_file_id, local_date, 'provider' AS kind, 'sales' AS side, credited AS value, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'sales', other, 0 FROM credited WHERE other IS DISTINCT FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'service', 'sales', service_id, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'sales', product_id, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'client', 'sales', client_key, revenue FROM credited
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'schedule', provider_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'service', 'schedule', service_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'room', 'schedule', room_id, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'client', 'schedule', client_key, 0 FROM appointments WHERE status <> 'deleted'
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'schedule', provider_id, 0 FROM shifts
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'provider', 'timecards', provider_id, 0 FROM timecards
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'stock', product_id, 0 FROM stock_movements
  UNION ALL SELECT practice_id, location_id, source_file_id, local_date, 'product', 'stock', product_id, 0 FROM stock_counts
  UNION ALL SELECT practice_id, location_id, source_file_id, NULL, 'room', 'reference', room_id, 0 FROM rooms WHERE source_file_id IS NOT NULL
  -- Where an id has a name, it must be translated too; no side of its own.
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'provider', 'names', provider_id, 0 FROM providers WHERE source_file_id IS NOT NULL
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'service', 'names', service_id, 0 FROM services WHERE source_file_id IS NOT NULL
  UNION ALL SELECT practice_id, NULL, source_file_id, NULL, 'product', 'names', product_id, 0 FROM products WHERE source_file_id IS NOT NULL
)
SELECT * FROM uses WHERE value IS NOT NULL
