-- Cut-off: what was paid in another month than its receipt was sold in?
SELECT location_id, sum(amount)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(amount)
FROM current_payments p
JOIN (SELECT location_id, sale_id, min(day) AS sold_on
FROM current_sale_lines
WHERE NOT is_gone
GROUP BY ALL) s USING (location_id, sale_id)
WHERE NOT is_gone AND day < DATE '2026-04-13' AND strftime(sold_on, '%Y-%m') <> strftime(day, '%Y-%m')
GROUP BY ALL
ORDER BY ALL
