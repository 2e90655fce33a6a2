-- What sales tax is to be remitted, at which rate and on what?
SELECT location_id, CAST(period_start AS VARCHAR), sum(tax_collected), sum(tax_refunded)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, strftime(day, '%Y-%m-01'), coalesce(sum(tax) FILTER (net >= 0), 0), coalesce(sum(tax) FILTER (net < 0), 0)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND tax <> 0
GROUP BY ALL
ORDER BY ALL
