-- What may be said of others. The same practices contribute to every range of a quarter, and each of
-- them is interchangeable with at least four others in all that is said; values are rounded before
-- anything is formed of them, so that no arithmetic gets behind the rounding.
WITH practice_sums AS (
  SELECT
    peer_group, week_start, range_weeks, kpi, practice_id,
    sum(numerator) AS numerator, sum(denominator) AS denominator, count(*) AS locations
  FROM benchmark_values
  GROUP BY ALL
), contributions AS (
  -- A ratio is rolled up; of a sum a practice contributes what one of its locations has on average,
  -- because it is a location that is compared. A ratio weighs by its denominator and a sum by the
  -- practice's revenue, because few double bookings do not make a practice small.
  SELECT
    p.peer_group, p.week_start, p.range_weeks, p.kpi, p.practice_id,
    preferred_number(
      kpi_value(
        d.is_ratio, p.numerator, d.numerator_multiply,
        CASE WHEN d.is_ratio THEN d.numerator_divide ELSE d.numerator_divide * p.locations END,
        p.denominator, d.denominator_multiply, d.denominator_divide),
      f.unit = 'percent') AS value,
    abs(CASE WHEN d.is_ratio THEN p.denominator ELSE p.numerator END) AS own_weight,
    CASE WHEN NOT d.is_ratio THEN abs(r.numerator) END AS revenue
  FROM practice_sums p
  JOIN kpi_scales d USING (kpi)
  JOIN kpi_definitions f ON f.kpi = d.kpi AND f.version = d.version
  LEFT JOIN practice_sums r
    ON r.peer_group = p.peer_group AND r.week_start = p.week_start
    AND r.range_weeks = p.range_weeks AND r.practice_id = p.practice_id AND r.kpi = 'net_revenue'
), told AS (
  SELECT
    u.audience, u.audience_id, u.quarter_start, r.week_start, r.range_weeks, u.kpi, u.peer_group,
    c.value,
    -- Where the revenue of one of them is not known, a sum weighs by itself.
    CASE WHEN count(c.revenue) OVER peers = count(*) OVER peers THEN c.revenue ELSE c.own_weight END
      AS weight
  FROM unnamed_peers u
  JOIN kpi_scales d USING (kpi)
  JOIN benchmark_ranges r
    ON date_trunc('quarter', r.week_start) = u.quarter_start
    AND (r.range_weeks = 1 OR NOT d.is_period_end)
  LEFT JOIN contributions c
    ON c.peer_group = u.peer_group AND c.week_start = r.week_start
    AND c.range_weeks = r.range_weeks AND c.kpi = u.kpi AND c.practice_id = u.practice_id
  WINDOW peers AS (
    PARTITION BY u.audience, u.audience_id, r.week_start, r.range_weeks, u.kpi, u.peer_group)
), statistics AS (
  SELECT
    t.audience, t.audience_id, t.week_start, t.range_weeks, t.kpi, t.peer_group,
    count(*) AS contributors,
    CASE
      WHEN count(*) = 1 THEN 'only 1 other practice contributes, 5 are needed'
      WHEN count(*) < 5 THEN 'only ' || count(*) || ' other practices contribute, 5 are needed'
      WHEN count(t.value) < count(*)
        THEN 'one of the practices that contribute in this quarter has no value'
      WHEN max(t.weight) * 4 > sum(t.weight) THEN 'one practice has more than 25 % of the weight'
      WHEN t.peer_group <> 'all' AND g.peer_group IS NULL
        THEN 'fewer than 5 practices could be told apart by comparing peer groups'
    END AS withheld_reason,
    round(quantile_cont(t.value, 0.25), 12) AS p25,
    round(quantile_cont(t.value, 0.5), 12) AS p50,
    round(quantile_cont(t.value, 0.75), 12) AS p75
  FROM told t
  LEFT JOIN peer_groups_told g
    USING (audience, audience_id, quarter_start, kpi, peer_group)
  GROUP BY t.audience, t.audience_id, t.week_start, t.range_weeks, t.kpi, t.peer_group, g.peer_group
)
SELECT
  * REPLACE (
    CASE WHEN withheld_reason IS NULL THEN p25 END AS p25,
    CASE WHEN withheld_reason IS NULL THEN p50 END AS p50,
    CASE WHEN withheld_reason IS NULL THEN p75 END AS p75)
FROM statistics
ORDER BY audience, audience_id, kpi, range_weeks, week_start, peer_group
