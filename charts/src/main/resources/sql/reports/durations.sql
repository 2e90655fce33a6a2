-- Services whose template reality contradicts, what most minutes are lost with first.
SELECT
  d.practice_id, d.location_id, coalesce(v.name, d.service_id) AS name, d.rows_timed, d.scheduled_median_minutes, d.actual_median_minutes,
  d.actual_p80_minutes
FROM service_durations d
LEFT JOIN services v ON v.practice_id = d.practice_id AND v.service_id = d.service_id
WHERE d.practice_id = ANY($1) AND d.withheld_reason IS NULL
  AND (d.actual_p80_minutes < 0.9 * d.scheduled_median_minutes
    OR d.actual_median_minutes > 1.1 * d.scheduled_median_minutes)
ORDER BY abs(d.median_difference_minutes) * d.rows_timed DESC, name
