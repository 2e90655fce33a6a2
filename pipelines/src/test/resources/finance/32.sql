-- On which revenue is whose commission reckoned?
SELECT location_id, kind, who, sum(net)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, kind, coalesce(CASE kind WHEN 'retail' THEN seller_id ELSE provider_id END, 'unattributed'), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind IN ('service', 'retail')
GROUP BY ALL
ORDER BY ALL
