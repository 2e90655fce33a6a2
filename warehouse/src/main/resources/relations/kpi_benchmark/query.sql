-- Every location against its peers. Statistics are over practices, so that an owner with many
-- locations speaks once; they appear only where nobody can be read out of them: 5 practices or
-- more, none above a quarter of the weight, two significant digits below 10 practices.
WITH location_weeks AS (
  -- 0 stockout days are a value, and the best one; no measure needs to say so.
  SELECT
    practice_id, location_id, week_start, kpi, coalesce(s.numerator, 0) AS numerator,
    coalesce(s.denominator, 0) AS denominator, coalesce(s.sample, 0) AS sample,
    n.grain IS NOT NULL AS is_known
  FROM (FROM kpi_sums WHERE grain = 'location') s
  FULL JOIN (FROM kpi_weekly_numbers WHERE grain = 'location') n
    USING (practice_id, location_id, week_start, kpi)
), location_sums AS (
  SELECT
    r.week_start, r.range_weeks, s.practice_id, s.location_id, s.kpi,
    sum(s.numerator) AS numerator, sum(s.denominator) AS denominator, sum(s.sample) AS sample
  FROM benchmark_ranges r
  JOIN location_weeks s ON s.week_start BETWEEN r.first_week AND r.week_start
  JOIN kpi_availability a USING (practice_id, location_id, kpi)
  JOIN kpi_scales d USING (kpi)
  WHERE a.reason IS NULL AND d.at_location AND (r.range_weeks = 1 OR NOT d.is_period_end)
  GROUP BY ALL
  HAVING sum(s.numerator) <> 0 OR sum(s.denominator) <> 0
    OR (NOT bool_or(d.is_ratio) AND bool_or(s.is_known))
), members AS (
  SELECT 'all' AS peer_group, s.* FROM location_sums s
  UNION ALL
  SELECT 'region:' || l.region AS peer_group, s.*
  FROM location_sums s
  JOIN locations l USING (practice_id, location_id)
  WHERE l.region IS NOT NULL
  UNION ALL
  SELECT 'group:' || g.peer_group AS peer_group, s.*
  FROM location_sums s
  JOIN peer_groups g USING (practice_id, location_id)
), location_values AS (
  SELECT
    m.peer_group, m.week_start, m.range_weeks, m.kpi, m.practice_id, m.location_id,
    d.is_higher_better, CAST(m.numerator AS DOUBLE) AS numerator,
    CAST(m.denominator AS DOUBLE) AS denominator,
    CAST(scaled(m.sample, d.sample_multiply, d.sample_divide) AS DOUBLE) AS sample_size,
    kpi_value(
      d.is_ratio, m.numerator, d.numerator_multiply, d.numerator_divide,
      m.denominator, d.denominator_multiply, d.denominator_divide) AS value,
    NOT d.has_sample OR m.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable
  FROM members m
  JOIN kpi_scales d USING (kpi)
), practice_sums AS (
  SELECT
    peer_group, week_start, range_weeks, kpi, practice_id,
    sum(numerator) AS numerator, sum(denominator) AS denominator, sum(sample) AS sample,
    count(*) AS locations
  FROM members
  GROUP BY ALL
), contributions AS (
  -- A ratio is rolled up; of a sum a practice contributes what one of its locations has on average,
  -- because it is a location that is compared. A ratio weighs by its denominator and a sum by the
  -- practice's revenue, because few double bookings do not make a practice small.
  SELECT
    p.peer_group, p.week_start, p.range_weeks, p.kpi, p.practice_id, d.is_higher_better,
    kpi_value(
      d.is_ratio, p.numerator, d.numerator_multiply,
      CASE WHEN d.is_ratio THEN d.numerator_divide ELSE d.numerator_divide * p.locations END,
      p.denominator, d.denominator_multiply, d.denominator_divide) AS value,
    abs(CASE WHEN d.is_ratio THEN p.denominator ELSE p.numerator END) AS own_weight,
    CASE WHEN NOT d.is_ratio THEN abs(r.numerator) END AS revenue
  FROM practice_sums p
  JOIN kpi_scales d USING (kpi)
  LEFT JOIN practice_sums r
    ON r.peer_group = p.peer_group AND r.week_start = p.week_start
    AND r.range_weeks = p.range_weeks AND r.practice_id = p.practice_id AND r.kpi = 'net_revenue'
  WHERE NOT d.has_sample OR p.sample * d.sample_multiply >= 20 * d.sample_divide
), contributing AS (
  -- Where the revenue of one of them is not known, a sum weighs by itself.
  SELECT
    *,
    CASE WHEN count(revenue) OVER peers = count(*) OVER peers THEN revenue ELSE own_weight END
      AS weight
  FROM contributions
  WHERE value IS NOT NULL
  WINDOW peers AS (PARTITION BY peer_group, week_start, range_weeks, kpi)
), exact_statistics AS (
  SELECT
    peer_group, week_start, range_weeks, kpi, count(*) AS contributors,
    CASE
      WHEN count(*) = 1 THEN 'only 1 practice contributes, 5 are needed'
      WHEN count(*) < 5 THEN 'only ' || count(*) || ' practices contribute, 5 are needed'
      WHEN max(weight) * 4 > sum(weight) THEN 'one practice has more than 25 % of the weight'
    END AS withheld_reason,
    quantile_cont(value, 0.25) AS p25,
    quantile_cont(value, 0.5) AS p50,
    quantile_cont(value, 0.75) AS p75
  FROM contributing
  GROUP BY ALL
), statistics AS (
  SELECT
    * EXCLUDE (p25, p50, p75),
    CASE WHEN contributors < 10 THEN two_digits(p25) ELSE p25 END AS p25,
    CASE WHEN contributors < 10 THEN two_digits(p50) ELSE p50 END AS p50,
    CASE WHEN contributors < 10 THEN two_digits(p75) ELSE p75 END AS p75
  FROM exact_statistics
), ranks AS (
  SELECT
    peer_group, week_start, range_weeks, kpi, practice_id, location_id,
    rank() OVER (
      PARTITION BY peer_group, week_start, range_weeks, kpi
      ORDER BY CASE WHEN is_higher_better THEN -value ELSE value END) AS rank
  FROM location_values
  WHERE is_stable AND value IS NOT NULL
), percentiles AS (
  SELECT
    v.peer_group, v.week_start, v.range_weeks, v.kpi, v.practice_id, v.location_id,
    CAST(count(*) FILTER (
      CASE WHEN v.is_higher_better THEN c.value <= v.value ELSE c.value >= v.value END) AS DOUBLE)
      / count(*) AS percentile
  FROM location_values v
  JOIN contributing c
    ON c.peer_group = v.peer_group AND c.week_start = v.week_start
    AND c.range_weeks = v.range_weeks AND c.kpi = v.kpi AND c.practice_id <> v.practice_id
  WHERE v.is_stable AND v.value IS NOT NULL
  GROUP BY ALL
), shown AS (
  SELECT
    v.*, s.contributors, s.withheld_reason, s.p25, s.p50, s.p75,
    s.contributors IS NOT NULL AND s.withheld_reason IS NULL AS is_shown
  FROM location_values v
  LEFT JOIN statistics s USING (peer_group, week_start, range_weeks, kpi)
), ends AS (
  -- Ends of the 95 % interval of the location's own value. A share outside of 0 to 1, such as more
  -- collected than billed, has none, and neither has a value that is no sample of anything.
  SELECT
    *,
    CASE
      WHEN kpi IN ('no_show_rate', 'fill_rate', 'collected_at_close') AND value BETWEEN 0 AND 1
        THEN wilson_low(value, sample_size)
      WHEN kpi = 'average_ticket' THEN value - 1.959963984540054 * r.ticket_error
    END AS value_low,
    CASE
      WHEN kpi IN ('no_show_rate', 'fill_rate', 'collected_at_close') AND value BETWEEN 0 AND 1
        THEN wilson_high(value, sample_size)
      WHEN kpi = 'average_ticket' THEN value + 1.959963984540054 * r.ticket_error
    END AS value_high,
    -- What one unit of the KPI is worth.
    worth_of(
      kpi, denominator, r.bookable_hours, r.net_per_attended_visit, r.net_per_treated_hour)
      AS worth
  FROM shown
  LEFT JOIN gap_rates r USING (week_start, range_weeks, practice_id, location_id)
), dollars AS (
  SELECT
    * EXCLUDE (value_low, value_high, worth),
    CASE
      -- Turn: the stock that the yearly use would need at the median's pace.
      WHEN kpi = 'inventory_turn' AND p50 > 0 THEN denominator - numerator / p50
      WHEN is_higher_better THEN (p50 - value) * worth
      ELSE (value - p50) * worth
    END AS gap_expected,
    CASE WHEN is_higher_better THEN (p50 - value_high) * worth ELSE (value_low - p50) * worth END
      AS gap_low,
    CASE WHEN is_higher_better THEN (p50 - value_low) * worth ELSE (value_high - p50) * worth END
      AS gap_high
  FROM ends
)
SELECT
  v.week_start, v.range_weeks, v.practice_id, v.location_id, v.kpi, v.peer_group, v.value,
  v.is_stable,
  CASE WHEN is_shown THEN r.rank END AS rank,
  CASE WHEN is_shown THEN p.percentile END AS percentile,
  CASE WHEN is_shown THEN v.p25 END AS p25,
  CASE WHEN is_shown THEN v.p50 END AS p50,
  CASE WHEN is_shown THEN v.p75 END AS p75,
  CASE WHEN is_shown THEN v.value - v.p50 END AS gap_p50,
  CASE WHEN is_shown
    THEN v.value - CASE WHEN v.is_higher_better THEN v.p75 ELSE v.p25 END END AS gap_p75,
  coalesce(v.contributors, 0) AS contributors,
  CASE WHEN v.contributors IS NULL
    THEN 'no practice has a stable value, 5 are needed' ELSE v.withheld_reason END
    AS withheld_reason,
  CASE WHEN is_shown AND is_stable THEN round(gap_low, 2) END AS gap_dollars_low,
  CASE WHEN is_shown AND is_stable THEN round(gap_expected, 2) END AS gap_dollars_expected,
  CASE WHEN is_shown AND is_stable THEN round(gap_high, 2) END AS gap_dollars_high
FROM dollars v
LEFT JOIN ranks r USING (peer_group, week_start, range_weeks, kpi, practice_id, location_id)
LEFT JOIN percentiles p USING (peer_group, week_start, range_weeks, kpi, practice_id, location_id)
ORDER BY v.kpi, v.range_weeks, v.week_start, v.peer_group, v.practice_id, v.location_id
