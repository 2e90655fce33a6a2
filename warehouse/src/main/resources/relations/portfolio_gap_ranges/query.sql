-- Peers are spoken of as published. A target is exact, so that only the own value has an interval.
WITH compared AS (
  SELECT
    b.audience_id AS consultant_id, b.practice_id, b.location_id, b.kpi, b.week_start,
    b.range_weeks, b.value, d.is_higher_better, b.p50, t.target,
    b.gap_dollars_low, b.gap_dollars_expected, b.gap_dollars_high,
    b.value_low, b.value_high,
    worth_of(
      b.kpi, v.denominator, r.bookable_hours, r.net_per_attended_visit, r.net_per_treated_hour)
      AS worth
  FROM benchmark_compared b
  JOIN kpi_scales d USING (kpi)
  JOIN (
    SELECT
      w.practice_id, w.location_id, w.kpi, w.week_start, w.range_weeks,
      CAST(w.denominator AS DOUBLE) AS denominator
    FROM benchmark_values w
    WHERE w.peer_group = 'all'
  ) v USING (practice_id, location_id, kpi, week_start, range_weeks)
  LEFT JOIN gap_rates r USING (week_start, range_weeks, practice_id, location_id)
  LEFT JOIN kpi_targets t USING (practice_id, location_id, kpi)
  -- Only where the location is ranked: stable, and open for the range.
  WHERE b.audience = 'consultant' AND b.peer_group = 'all' AND b.rank IS NOT NULL
), priced AS (
  SELECT
    *,
    CASE WHEN p50 IS NOT NULL THEN gap_dollars_low
      WHEN is_higher_better THEN (target - value_high) * worth
      ELSE (value_low - target) * worth END AS gap_low,
    CASE WHEN p50 IS NOT NULL THEN gap_dollars_expected
      WHEN is_higher_better THEN (target - value) * worth
      ELSE (value - target) * worth END AS gap_expected,
    CASE WHEN p50 IS NOT NULL THEN gap_dollars_high
      WHEN is_higher_better THEN (target - value_low) * worth
      ELSE (value_high - target) * worth END AS gap_high
  FROM compared
  WHERE worth IS NOT NULL
)
SELECT
  consultant_id, practice_id, location_id, kpi, week_start, range_weeks, value,
  CASE WHEN p50 IS NOT NULL THEN 'peers' ELSE 'target' END AS held_against,
  coalesce(p50, target) AS reference,
  round(gap_low / range_weeks, 2) AS low, round(gap_expected / range_weeks, 2) AS expected,
  round(gap_high / range_weeks, 2) AS high
FROM priced
WHERE gap_expected IS NOT NULL
