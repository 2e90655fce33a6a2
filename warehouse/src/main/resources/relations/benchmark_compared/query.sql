-- Every location against its peers, as each audience that sees it may see them. Beside the
-- audience's own values everything follows from what is published of the peers, and so tells no more.
WITH shown AS (
  SELECT
    a.audience, a.audience_id, v.peer_group, v.week_start, v.range_weeks, v.kpi, v.practice_id,
    v.location_id, d.is_higher_better, f.unit = 'percent' AS is_share,
    CAST(v.numerator AS DOUBLE) AS numerator, CAST(v.denominator AS DOUBLE) AS denominator,
    kpi_value(
      d.is_ratio, v.numerator, d.numerator_multiply, d.numerator_divide,
      v.denominator, d.denominator_multiply, d.denominator_divide) AS value,
    NOT d.has_sample OR v.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable,
    l.opened_on IS NOT NULL AND l.opened_on > v.week_start - 7 * (v.range_weeks - 1) AS is_young,
    coalesce(s.contributors, 0) AS contributors,
    CASE WHEN s.contributors IS NULL THEN 'no other practice contributes, 5 are needed'
      ELSE s.withheld_reason END AS withheld_reason,
    s.p25, s.p50, s.p75,
    CASE WHEN d.is_higher_better THEN s.p75 ELSE s.p25 END AS best_quartile
  FROM benchmark_values v
  JOIN benchmark_audiences a USING (practice_id)
  JOIN locations l USING (practice_id, location_id)
  JOIN kpi_scales d USING (kpi)
  JOIN kpi_definitions f ON f.kpi = d.kpi AND f.version = d.version
  LEFT JOIN peer_statistics s
    ON s.audience = a.audience AND s.audience_id = a.audience_id AND s.week_start = v.week_start
    AND s.range_weeks = v.range_weeks AND s.kpi = v.kpi AND s.peer_group = v.peer_group
), ranks AS (
  SELECT
    audience, audience_id, peer_group, week_start, range_weeks, kpi, practice_id, location_id,
    rank() OVER (
      PARTITION BY audience, audience_id, peer_group, week_start, range_weeks, kpi
      ORDER BY CASE WHEN is_higher_better THEN -value ELSE value END) AS rank
  FROM shown
  WHERE is_stable AND NOT is_young AND value IS NOT NULL
), ends AS (
  -- The 95 % interval of the location's own value, and the ends of what the rounded median stands for.
  SELECT
    *,
    preferred_low(p50, is_share) AS p50_low,
    preferred_high(p50, is_share) AS p50_high,
    -- What one unit of the KPI is worth.
    worth_of(
      kpi, denominator, r.bookable_hours, r.net_per_attended_visit, r.net_per_treated_hour)
      AS worth
  FROM shown
  LEFT JOIN benchmark_intervals i
    USING (week_start, range_weeks, practice_id, location_id, kpi)
  LEFT JOIN gap_rates r USING (week_start, range_weeks, practice_id, location_id)
), dollars AS (
  SELECT
    * EXCLUDE (p50_low, p50_high, worth),
    CASE
      -- Turn: the stock that the yearly use would need at the median's pace.
      WHEN kpi = 'inventory_turn' AND p50 > 0 THEN denominator - numerator / p50
      WHEN is_higher_better THEN (p50 - value) * worth
      ELSE (value - p50) * worth
    END AS gap_expected,
    CASE WHEN is_higher_better THEN (p50_low - value_high) * worth
      ELSE (value_low - p50_high) * worth END AS gap_low,
    CASE WHEN is_higher_better THEN (p50_high - value_low) * worth
      ELSE (value_high - p50_low) * worth END AS gap_high
  FROM ends
)
SELECT
  v.audience, v.audience_id, v.week_start, v.range_weeks, v.practice_id, v.location_id, v.kpi,
  v.peer_group, v.value, v.is_stable, r.rank,
  CASE
    WHEN NOT is_stable OR p50 IS NULL OR value IS NULL THEN NULL
    WHEN is_higher_better THEN (
      CAST(value >= preferred_high(p25, is_share) AS INTEGER)
      + CAST(value >= preferred_high(p50, is_share) AS INTEGER)
      + CAST(value >= preferred_high(p75, is_share) AS INTEGER)) / 4
    ELSE (
      CAST(value <= preferred_low(p75, is_share) AS INTEGER)
      + CAST(value <= preferred_low(p50, is_share) AS INTEGER)
      + CAST(value <= preferred_low(p25, is_share) AS INTEGER)) / 4
    END AS percentile,
  v.p25, v.p50, v.p75, v.value - v.p50 AS gap_p50, v.value - v.best_quartile AS gap_p75,
  v.contributors, v.withheld_reason,
  CASE WHEN is_stable AND NOT is_young THEN round(gap_low, 2) END AS gap_dollars_low,
  CASE WHEN is_stable AND NOT is_young THEN round(gap_expected, 2) END AS gap_dollars_expected,
  CASE WHEN is_stable AND NOT is_young THEN round(gap_high, 2) END AS gap_dollars_high,
  v.value_low, v.value_high
FROM dollars v
LEFT JOIN ranks r
  USING (audience, audience_id, peer_group, week_start, range_weeks, kpi, practice_id, location_id)
