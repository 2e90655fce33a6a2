-- What the clients of each practice have paid in advance and not used; what was sold at one location and
-- used at another nets out.
SELECT practice_id, kind, sum(closing) AS closing, max(weeks_missing) AS weeks_missing
FROM stored_value_weekly
WHERE practice_id = ANY($1) AND week_start = $2 AND closing IS NOT NULL
GROUP BY practice_id, kind
HAVING sum(closing) > 0
ORDER BY closing DESC, kind
