-- What does retail bring, by month?
SELECT location_id, sum(lines), sum(units), sum(net)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, count(*), sum(quantity), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'retail'
GROUP BY ALL
ORDER BY ALL
