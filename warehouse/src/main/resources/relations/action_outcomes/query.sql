-- What was proposed a week before is looked at now; of earlier weeks stands what was seen first.
SELECT
  a.*, o.observed_after, coalesce(o.status, 'unknown') AS status, o.became,
  CAST(o.came AS DECIMAL(38, 2)) AS came
FROM acted_actions a
LEFT JOIN outcomes o USING (practice_id, location_id, action, subject)
UNION ALL BY NAME
SELECT p.* EXCLUDE (publication)
FROM past_outcomes p
JOIN locations USING (practice_id, location_id)
CROSS JOIN computed c
WHERE p.week_start < c.last_week - 7
QUALIFY p.publication = min(p.publication) OVER (PARTITION BY p.practice_id, p.week_start)
ORDER BY practice_id, week_start DESC, rank
