-- How did the gift-card liability move?
SELECT location_id, sum(sold - refunded)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'gift_card'
GROUP BY ALL
ORDER BY ALL
