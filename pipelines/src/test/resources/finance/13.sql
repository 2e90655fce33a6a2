-- Which tips are to be paid to whom?
SELECT location_id, provider_id, sum(tips + returned)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, coalesce(provider_id, seller_id, 'unattributed'), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'tip'
GROUP BY ALL
ORDER BY ALL
