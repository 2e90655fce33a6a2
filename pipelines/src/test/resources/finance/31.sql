-- Who worked overtime, in which month?
SELECT location_id, provider_id, CAST(round(sum(hours), 3) AS DECIMAL(18, 3))
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, provider_id, CAST(round(sum(h), 3) AS DECIMAL(18, 3)) FROM (SELECT location_id, provider_id, greatest(sum(epoch(clock_out_at) - epoch(clock_in_at)) / 3600 - 40, 0) AS h
FROM current_timecards
WHERE NOT is_gone AND day < DATE '2026-04-13'
GROUP BY location_id, provider_id, week_of(day))
GROUP BY ALL
HAVING sum(h) <> 0
ORDER BY ALL
