-- Each week of a practice against the four weeks before it. A location that opened, closed or was not
-- told in one of the five would read as a change; it is left out on both sides.
WITH compared AS (
  SELECT
    *,
    is_told AND told_before = 4 AS is_compared
  FROM practice_change_locations
), sums AS (
  SELECT
    practice_id, week_start, kpi,
    sum(numerator) FILTER (is_compared) AS numerator,
    sum(denominator) FILTER (is_compared) AS denominator,
    sum(base_numerator) FILTER (is_compared) AS base_numerator,
    sum(base_denominator) FILTER (is_compared) AS base_denominator,
    sum(numerator) FILTER (is_told) AS told_numerator,
    sum(denominator) FILTER (is_told) AS told_denominator,
    CAST(count(*) FILTER (is_compared) AS INTEGER) AS locations_compared,
    CAST(count(*) FILTER (is_told) AS INTEGER) AS locations_told,
    CAST(count(*) FILTER (NOT is_told) AS INTEGER) AS locations_untold
  FROM compared
  GROUP BY ALL
), divided AS (
  SELECT
    s.practice_id, s.week_start, s.kpi, f.unit, d.is_higher_better, s.locations_compared,
    s.locations_told, s.locations_untold,
    CAST(numerator AS DOUBLE)
      / CASE WHEN d.is_ratio THEN nullif(CAST(denominator AS DOUBLE), 0) ELSE 1 END AS value,
    CAST(base_numerator AS DOUBLE)
      / CASE WHEN d.is_ratio THEN nullif(CAST(base_denominator AS DOUBLE), 0) ELSE 4 END
      AS base_value,
    CAST(told_numerator AS DOUBLE)
      / CASE WHEN d.is_ratio THEN nullif(CAST(told_denominator AS DOUBLE), 0) ELSE 1 END
      AS value_told
  FROM sums s
  JOIN kpi_scales d USING (kpi)
  JOIN (SELECT kpi, unit FROM kpi_definitions) f USING (kpi)
), single AS (
  -- The series of a practice with one location is the location's.
  SELECT practice_id, min(location_id) AS location_id
  FROM locations
  GROUP BY ALL
  HAVING count(*) = 1
), signalled AS (
  SELECT DISTINCT practice_id, location_id, kpi, week_start
  FROM kpi_signals
  WHERE rule <> 'target_missed' AND category IS NULL
)
SELECT
  v.practice_id, v.week_start, v.kpi, v.value, v.base_value, v.value - v.base_value AS change,
  CASE WHEN v.value <> v.base_value
    THEN is_better(v.unit, v.is_higher_better, v.base_value, v.value) END AS is_favourable,
  v.locations_compared, v.locations_told, v.locations_untold, v.value_told,
  CASE WHEN NOT l.is_provisional THEN l.mean END AS usual_center,
  CASE WHEN NOT l.is_provisional THEN l.lower_limit END AS usual_lower,
  CASE WHEN NOT l.is_provisional THEN l.upper_limit END AS usual_upper,
  s.value AS usual_value,
  CASE WHEN NOT l.is_provisional AND s.value IS NOT NULL THEN g.kpi IS NULL END AS is_usual
FROM divided v
LEFT JOIN single o USING (practice_id)
LEFT JOIN kpi_series s
  ON s.practice_id = v.practice_id AND s.location_id IS NOT DISTINCT FROM o.location_id
  AND s.category IS NULL AND s.kpi = v.kpi AND s.week_start = v.week_start
LEFT JOIN kpi_periods l
  ON l.practice_id = v.practice_id AND l.location_id IS NOT DISTINCT FROM o.location_id
  AND l.category IS NULL AND l.kpi = v.kpi
  AND v.week_start BETWEEN l.first_week_start AND l.last_week_start
LEFT JOIN signalled g
  ON g.practice_id = v.practice_id AND g.location_id IS NOT DISTINCT FROM o.location_id
  AND g.kpi = v.kpi AND g.week_start = v.week_start
ORDER BY v.practice_id, v.kpi, v.week_start
