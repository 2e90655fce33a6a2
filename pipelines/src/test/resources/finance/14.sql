-- What was given away in discounts?
SELECT location_id, kind, sum(discount)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, kind, sum(discount)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13'
GROUP BY ALL
HAVING sum(discount) <> 0
ORDER BY ALL
