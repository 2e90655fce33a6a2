-- The trial balance of a month.
SELECT location_id, sum(coalesce(credit, 0) - coalesce(debit, 0)) FILTER (account = 'service_revenue')
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'service'
GROUP BY ALL
ORDER BY ALL
