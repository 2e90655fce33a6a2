-- A location's exports tell of its clients in weeks in which somebody came or failed to, if they ever tell that, and of its
-- sales in weeks with a line: what divides by hours or rooms has no number in others.
DELETE FROM judged
USING (
  SELECT practice_id, location_id, list(DISTINCT week_of(day)) AS weeks
  FROM current_appointments, parameters
  WHERE NOT is_gone AND status IN ('arrived', 'completed', 'no_show') AND day < as_of
  GROUP BY ALL) AS told
WHERE judged.practice_id = told.practice_id AND judged.location_id = told.location_id
  AND NOT list_contains(told.weeks, starts)
  AND kpi IN ('fill_rate', 'booked_fill_rate', 'room_utilization');
DELETE FROM judged
USING (
  SELECT practice_id, location_id, list(DISTINCT week_of(day)) AS weeks
  FROM current_sale_lines, parameters
  WHERE NOT is_gone AND day < as_of
  GROUP BY ALL) AS told
WHERE judged.practice_id = told.practice_id AND judged.location_id = told.location_id
  AND NOT list_contains(told.weeks, starts)
  AND kpi IN ('revenue_per_provider_hour', 'revenue_per_treated_hour', 'revenue_per_worked_hour',
    'revenue_per_room');

-- Practices and regions: the sums of their locations' numerators, denominators and samples. Overtime
-- of a practice is the one exception; it was judged from the cards.

INSERT INTO judged
SELECT practice_id, NULL, 'practice', NULL, period, starts, kpi, sum(numerator), sum(denominator),
  sum(sample)
FROM judged
WHERE grain = 'location' AND period IN ('week', 'month') AND kpi <> 'overtime_hours'
GROUP BY practice_id, period, starts, kpi;

INSERT INTO judged
SELECT practice_id, NULL, 'region', region, period, starts, kpi, sum(numerator), sum(denominator),
  sum(sample)
FROM judged JOIN places USING (practice_id, location_id)
WHERE grain = 'location' AND period IN ('week', 'month') AND region IS NOT NULL
GROUP BY practice_id, region, period, starts, kpi;
