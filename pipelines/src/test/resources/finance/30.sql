-- Payroll hours against revenue.
SELECT location_id, CAST(round(sum(hours), 4) AS DECIMAL(18, 4))
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, CAST(round(sum(epoch(clock_out_at) - epoch(clock_in_at)) / 3600, 4) AS DECIMAL(18, 4))
FROM current_timecards
WHERE NOT is_gone AND day < DATE '2026-04-13'
GROUP BY ALL
ORDER BY ALL
