-- Revenue by category and month.
SELECT location_id, CAST(period_start AS VARCHAR), sum(net)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, strftime(day, '%Y-%m-01'), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'service'
GROUP BY ALL
HAVING sum(net) <> 0
ORDER BY ALL
