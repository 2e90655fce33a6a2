-- Stories with their price: by the formulas of the gaps to the peers (worth_of), against the own level
-- before instead of a median, at the rates of the weeks since.
WITH rates AS (
  SELECT
    t.practice_id, t.location_id, t.kpi, t.since,
    CAST(sum(m.amount) FILTER (m.measure = 'bookable_seconds') AS DOUBLE) / 3600 AS bookable_hours,
    CAST(sum(m.amount) FILTER (m.measure = 'net_service') AS DOUBLE)
      / nullif(CAST(sum(m.amount) FILTER (m.measure = 'visits_attended') AS DOUBLE), 0)
      AS net_per_attended_visit,
    CAST(sum(m.amount) FILTER (m.measure = 'net_service') AS DOUBLE) * 3600
      / nullif(CAST(sum(m.amount) FILTER (m.measure = 'kept_seconds') AS DOUBLE), 0)
      AS net_per_treated_hour
  FROM kpi_shifts t
  LEFT JOIN measures_weekly m
    ON m.practice_id = t.practice_id AND m.location_id = t.location_id AND m.grain = 'location'
    AND m.week_start BETWEEN t.since AND t.last_week
    AND m.measure IN ('net_service', 'visits_attended', 'bookable_seconds', 'kept_seconds')
  WHERE t.is_story
  GROUP BY ALL
), moved AS (
  SELECT
    practice_id, location_id, kpi, since_week_start AS since, CAST(count(*) AS INTEGER) AS providers,
    CAST(count(*) FILTER (has_moved) AS INTEGER) AS providers_moved
  FROM kpi_story_providers
  GROUP BY ALL
)
SELECT
  t.practice_id, t.location_id, t.kpi, t.since AS since_week_start,
  t.told_week AS told_week_start, CASE WHEN NOT t.is_current THEN t.last_week END
    AS until_week_start,
  t.before_weeks, t.weeks, t.before_value, t.value,
  is_better(f.unit, d.is_higher_better, t.before_value, t.value) AS is_favourable,
  round(
    CASE WHEN t.kpi = 'net_revenue' THEN t.value - t.before_value
    ELSE CASE WHEN d.is_higher_better THEN t.value - t.before_value
        ELSE t.before_value - t.value END
      * worth_of(
        t.kpi, t.denominator, r.bookable_hours, r.net_per_attended_visit, r.net_per_treated_hour)
      / t.weeks
    END, 2) AS dollars_per_week,
  p.providers, p.providers_moved
FROM kpi_shifts t
JOIN kpi_scales d USING (kpi)
JOIN kpi_definitions f USING (kpi)
JOIN rates r USING (practice_id, location_id, kpi, since)
LEFT JOIN moved p USING (practice_id, location_id, kpi, since)
WHERE t.is_story
ORDER BY t.practice_id, t.location_id, t.kpi, t.since
