-- The same numbers as of weeks, from the measures of the days of each period: available where the weekly
-- ones are, and of told weeks only. What holds at an end is that of the period's last computed day.
WITH pieces AS (
  SELECT
    m.practice_id, m.location_id, m.grain, m.member_id, p.calendar, p.period_start, p.week_start,
    m.measure, sum(m.amount) AS amount
  FROM measures_daily m
  JOIN period_days p ON p.date = m.date AND p.calendar IN ('month', 'fiscal')
  GROUP BY ALL
), ends AS (
  SELECT
    practice_id, location_id, calendar, period_start,
    unnest([
      {'grain': 'location', 'member_id': NULL, 'measure': 'stock_value', 'amount': value},
      {'grain': 'product', 'member_id': product_id, 'measure': 'stock_value', 'amount': value},
      {'grain': 'location', 'member_id': NULL, 'measure': 'annual_goods_used',
        'amount': CASE WHEN history_days >= 28 THEN annual_goods_used ELSE 0 END},
      {'grain': 'location', 'member_id': NULL, 'measure': 'mean_inventory',
        'amount': CASE WHEN history_days >= 28 THEN mean_stock_value_91 ELSE 0 END},
      {'grain': 'location', 'member_id': NULL, 'measure': 'used_cost_91',
        'amount': CASE WHEN history_days >= 28 THEN goods_used_cost_91 ELSE 0 END},
      {'grain': 'location', 'member_id': NULL, 'measure': 'expired_cost_91',
        'amount': CASE WHEN history_days >= 28 THEN expired_cost_91 ELSE 0 END}
    ]) AS m
  FROM (SELECT *, coalesce(stock_value, 0) AS value FROM stock_monthly WHERE NOT is_consignment)
), amounts AS (
  SELECT
    m.grain, m.practice_id, m.location_id, m.member_id, m.calendar, m.period_start, t.kpi, t.part,
    m.amount
  FROM pieces m
  JOIN kpi_measures t USING (measure)
  JOIN kpi_definitions d ON d.kpi = t.kpi AND d.months = 'sum'
  LEFT JOIN kpi_told o
    ON o.practice_id = m.practice_id AND o.location_id = m.location_id AND o.kpi = t.kpi
    AND o.week_start = m.week_start
  LEFT JOIN (SELECT DISTINCT practice_id, location_id, kpi FROM kpi_told) e
    ON e.practice_id = m.practice_id AND e.location_id = m.location_id AND e.kpi = t.kpi
  WHERE o.kpi IS NOT NULL OR e.kpi IS NULL
  UNION ALL
  SELECT
    m.m.grain, m.practice_id, m.location_id, m.m.member_id, m.calendar, m.period_start, t.kpi, t.part,
    m.m.amount
  FROM ends m
  JOIN kpi_measures t ON t.measure = m.m.measure
  JOIN kpi_definitions d ON d.kpi = t.kpi AND d.months = 'period_end'
  WHERE m.m.amount <> 0
  UNION ALL
  -- A sum that is known in a week of the period is known in the period, 0 or not.
  SELECT DISTINCT
    n.grain, n.practice_id, n.location_id, n.member_id, r.calendar, r.period_start, n.kpi, 'numerator', 0
  FROM kpi_weekly_numbers n
  JOIN kpi_definitions d USING (kpi)
  JOIN periods r ON r.last_day >= n.week_start AND r.first_day <= n.week_start + 6
  WHERE d.denominator IS NULL AND d.months = 'sum' AND n.grain NOT IN ('practice', 'region')
  UNION ALL
  -- So is what is on hand where stock is told.
  SELECT DISTINCT 'location', m.practice_id, m.location_id, NULL, m.calendar, m.period_start, d.kpi,
    'numerator', 0
  FROM stock_monthly m
  JOIN kpi_definitions d ON d.denominator IS NULL AND d.months = 'period_end'
), members AS (
  -- Where a KPI is available, and at which grains: as in its weeks.
  SELECT a.*
  FROM amounts a
  JOIN (
    SELECT grain, practice_id, location_id, kpi, bool_or(member_id <> 'unattributed') AS names_members
    FROM kpi_weekly_numbers
    GROUP BY ALL
  ) w USING (grain, practice_id, location_id, kpi)
  -- Where sales name nobody, hours of a provider would make a revenue of 0.
  WHERE a.grain <> 'provider' OR a.member_id = 'unattributed' OR w.names_members
), summed AS (
  SELECT
    grain, practice_id, location_id, member_id, calendar, period_start, kpi,
    coalesce(sum(amount) FILTER (part = 'numerator'), 0) AS numerator,
    coalesce(sum(amount) FILTER (part = 'denominator'), 0) AS denominator,
    coalesce(sum(amount) FILTER (part = 'sample'), 0) AS sample,
    bool_or(part = 'numerator') AS has_numerator
  FROM members
  GROUP BY ALL
), told AS (
  SELECT n.practice_id, n.location_id, n.kpi, p.calendar, p.period_start, count(*) AS days
  FROM kpi_weekly_numbers n
  JOIN kpi_definitions d ON d.kpi = n.kpi AND d.months = 'sum'
  JOIN period_days p ON p.week_start = n.week_start AND p.calendar IN ('month', 'fiscal')
  WHERE n.grain = 'location'
  GROUP BY ALL
), known AS (
  SELECT s.*, t.days
  FROM summed s
  JOIN kpi_scales d USING (kpi)
  LEFT JOIN told t USING (practice_id, location_id, kpi, calendar, period_start)
  WHERE s.numerator <> 0 OR s.denominator <> 0 OR (NOT d.is_ratio AND s.has_numerator)
), own AS (
  -- What a practice measures for itself is not added up from its locations, but told where they are.
  SELECT practice_id, calendar, period_start, kpi, sum(amount) AS numerator
  FROM amounts
  WHERE grain = 'practice' AND part = 'numerator'
  GROUP BY ALL
), grained AS (
  SELECT *, CAST(NULL AS BIGINT) AS locations_told FROM known
  UNION ALL BY NAME
  SELECT
    'practice' AS grain, k.practice_id, k.calendar, k.period_start, k.kpi,
    sum(CASE WHEN g.kpi IS NULL THEN k.numerator ELSE 0 END) + coalesce(max(o.numerator), 0)
      AS numerator,
    sum(k.denominator) AS denominator, sum(k.sample) AS sample, sum(k.days) AS days,
    count(*) AS locations_told
  FROM known k
  LEFT JOIN own o USING (practice_id, calendar, period_start, kpi)
  LEFT JOIN (SELECT DISTINCT kpi FROM kpi_grains WHERE grain = 'practice') g USING (kpi)
  WHERE k.grain = 'location'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    'region' AS grain, k.practice_id, l.region AS member_id, k.calendar, k.period_start, k.kpi,
    sum(k.numerator) AS numerator, sum(k.denominator) AS denominator, sum(k.sample) AS sample,
    sum(k.days) AS days, count(*) AS locations_told
  FROM known k
  JOIN locations l USING (practice_id, location_id)
  WHERE k.grain = 'location' AND l.region IS NOT NULL
  GROUP BY ALL
), numbers AS (
  SELECT
    g.grain, g.practice_id, g.location_id, g.member_id, g.calendar, g.period_start, r.period_end, g.kpi,
    kpi_value(
      d.is_ratio, CAST(g.numerator AS DECIMAL(38, 10)), d.numerator_multiply, d.numerator_divide,
      CAST(g.denominator AS DECIMAL(38, 10)), d.denominator_multiply, d.denominator_divide) AS value,
    scaled(CAST(g.numerator AS DECIMAL(38, 10)), d.numerator_multiply, d.numerator_divide)
      AS numerator,
    CASE WHEN d.is_ratio
      THEN scaled(CAST(g.denominator AS DECIMAL(38, 10)), d.denominator_multiply, d.denominator_divide)
    END AS denominator,
    CASE WHEN d.has_sample
      THEN scaled(CAST(g.sample AS DECIMAL(38, 10)), d.sample_multiply, d.sample_divide)
    END AS sample_size,
    NOT d.has_sample OR g.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable,
    d.version AS definition_version,
    r.is_whole, r.year * 12 + r.number AS place,
    CAST(g.days AS INTEGER) AS days_told, CAST(g.locations_told AS INTEGER) AS locations_told,
    -- A part of a period, or one of other locations, is nothing to compare with.
    r.is_whole
      AND (g.days IS NULL OR g.days >= (r.last_day - r.first_day + 1) * coalesce(g.locations_told, 1))
      AS is_told
  FROM grained g
  JOIN kpi_scales d USING (kpi)
  JOIN periods r USING (calendar, period_start)
)
SELECT
  n.* EXCLUDE (place, is_told), b.value AS value_before, y.value AS value_year_before
FROM numbers n
LEFT JOIN numbers b
  ON b.grain = n.grain AND b.practice_id = n.practice_id
  AND b.location_id IS NOT DISTINCT FROM n.location_id
  AND b.member_id IS NOT DISTINCT FROM n.member_id AND b.kpi = n.kpi AND b.calendar = n.calendar
  AND b.place = n.place - 1 AND b.is_told AND b.locations_told IS NOT DISTINCT FROM n.locations_told
LEFT JOIN numbers y
  ON y.grain = n.grain AND y.practice_id = n.practice_id
  AND y.location_id IS NOT DISTINCT FROM n.location_id
  AND y.member_id IS NOT DISTINCT FROM n.member_id AND y.kpi = n.kpi AND y.calendar = n.calendar
  AND y.place = n.place - 12 AND y.is_told AND y.locations_told IS NOT DISTINCT FROM n.locations_told
