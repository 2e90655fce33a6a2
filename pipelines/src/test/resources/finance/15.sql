-- What was refunded, of which sales?
SELECT location_id, kind, sum(lines), sum(net)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, kind, count(*), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND net < 0
GROUP BY ALL
ORDER BY ALL
