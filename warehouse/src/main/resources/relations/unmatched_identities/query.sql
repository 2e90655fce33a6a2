-- Ids without a match, for each source that names them, the most frequent first.
WITH files AS (
  SELECT DISTINCT source_file_id, source FROM ingest_files
), uses AS (
  SELECT v.practice_id, v.kind, v.side, v.value, coalesce(f.source, 'medspa.yaml') AS source,
    count(*) AS rows, sum(u.revenue) AS net_revenue,
    min(u.local_date) AS first_date, max(u.local_date) AS last_date
  FROM identity_values v
  JOIN identity_uses u
    ON u.practice_id = v.practice_id AND u.kind = v.kind AND u.value = v.value
    AND u.side IN (v.side, 'names')
  -- The shifts of templates are in no file.
  LEFT JOIN files f USING (source_file_id)
  WHERE NOT v.is_matched AND v.needs_match AND v.kind <> 'client'
  GROUP BY v.practice_id, v.kind, v.side, v.value, coalesce(f.source, 'medspa.yaml')
)
SELECT
  u.practice_id, u.kind, u.side, u.value,
  coalesce(p.name, s.name, g.name, r.name, u.value) AS name,
  u.source, u.rows, u.net_revenue, u.first_date, u.last_date,
  i.value IS NOT NULL AS is_mapped,
  coalesce(b.candidates, 0) AS candidates,
  CASE WHEN i.value IS NULL THEN b.proposed_id END AS proposed_id,
  CASE WHEN i.value IS NULL THEN b.proposed_name END AS proposed_name,
  CASE WHEN i.value IS NULL THEN b.score END AS score
FROM uses u
LEFT JOIN identity_proposals b
  ON b.practice_id = u.practice_id AND b.kind = u.kind AND b.value = u.value
LEFT JOIN identities i
  ON i.practice_id = u.practice_id AND i.kind = u.kind AND i.source = u.source AND i.value = u.value
  AND i.canonical_id <> i.value
LEFT JOIN providers p ON u.kind = 'provider' AND p.practice_id = u.practice_id AND p.provider_id = u.value
LEFT JOIN services s ON u.kind = 'service' AND s.practice_id = u.practice_id AND s.service_id = u.value
LEFT JOIN products g ON u.kind = 'product' AND g.practice_id = u.practice_id AND g.product_id = u.value
LEFT JOIN (
  SELECT practice_id, room_id, any_value(name ORDER BY location_id) AS name FROM rooms GROUP BY ALL
) r ON u.kind = 'room' AND r.practice_id = u.practice_id AND r.room_id = u.value
ORDER BY sum(u.rows) OVER (PARTITION BY u.practice_id, u.kind, u.side, u.value) DESC, u.practice_id, u.kind, u.side, u.value, u.source
