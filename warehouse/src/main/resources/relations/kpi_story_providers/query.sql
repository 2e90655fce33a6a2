-- Who moved with the location: the provider's own value before and since.
WITH sums AS (
  SELECT
    t.practice_id, t.location_id, t.kpi, t.since, n.member_id AS provider_id, d.is_ratio,
    t.before_value AS location_before, t.value AS location_value, t.before_weeks, t.weeks,
    coalesce(sum(n.numerator) FILTER (n.week_start < t.since), 0) AS before_numerator,
    sum(n.denominator) FILTER (n.week_start < t.since) AS before_denominator,
    coalesce(sum(n.sample_size) FILTER (n.week_start < t.since), 0) AS before_sample,
    coalesce(sum(n.numerator) FILTER (n.week_start >= t.since), 0) AS numerator,
    sum(n.denominator) FILTER (n.week_start >= t.since) AS denominator,
    coalesce(sum(n.sample_size) FILTER (n.week_start >= t.since), 0) AS sample
  FROM kpi_shifts t
  JOIN kpi_scales d USING (kpi)
  JOIN kpi_weekly_numbers n
    ON n.grain = 'provider' AND n.practice_id = t.practice_id AND n.location_id = t.location_id
    AND n.kpi = t.kpi AND n.week_start BETWEEN t.before_first_week AND t.last_week
  WHERE t.is_story AND n.member_id <> 'unattributed'
  GROUP BY ALL
), compared AS (
  SELECT
    *,
    CAST(before_numerator AS DOUBLE)
      / CASE WHEN is_ratio THEN CAST(before_denominator AS DOUBLE) ELSE before_weeks END
      AS before_value,
    CAST(numerator AS DOUBLE) / CASE WHEN is_ratio THEN CAST(denominator AS DOUBLE) ELSE weeks END
      AS value,
    -- Who left sells nothing since, which is a move of a sum.
    CASE WHEN is_ratio THEN 1 ELSE CAST(before_numerator AS DOUBLE) / before_weeks END
      AS provider_scale,
    CASE WHEN is_ratio THEN 1 ELSE location_before END AS location_scale
  FROM sums
  WHERE before_sample >= 20 AND CASE WHEN is_ratio THEN sample >= 20 ELSE before_numerator > 0 END
)
SELECT
  practice_id, location_id, kpi, since AS since_week_start, provider_id, before_value, value,
  (value - before_value) / provider_scale * sign(location_value - location_before)
    >= abs(location_value - location_before) / location_scale / 2 AS has_moved
FROM compared
WHERE before_value IS NOT NULL AND value IS NOT NULL
ORDER BY ALL
