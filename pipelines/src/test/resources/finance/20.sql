-- How did prepaid packages and memberships move: deferred revenue?
SELECT location_id, kind, sum(sold - refunded)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, kind, sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind IN ('package', 'membership')
GROUP BY ALL
ORDER BY ALL
