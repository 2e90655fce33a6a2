-- What was sent first is what people acted on.
SELECT p.* EXCLUDE (publication)
FROM past_actions p
JOIN locations USING (practice_id, location_id)
CROSS JOIN computed c
WHERE p.week_start = c.last_week - 7
QUALIFY p.publication = min(p.publication) OVER (PARTITION BY p.practice_id)
