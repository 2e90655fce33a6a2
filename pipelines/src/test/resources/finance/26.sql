-- Cost of goods and gross margin by month.
SELECT location_id, CAST(period_start AS VARCHAR), sum(revenue)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, strftime(day, '%Y-%m-01'), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind IN ('service', 'retail', 'fee')
GROUP BY ALL
HAVING count(*) > 0
ORDER BY ALL
