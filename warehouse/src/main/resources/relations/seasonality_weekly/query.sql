-- Net revenue of a week against the mean of its own block of 52 weeks, counted back from the last
-- computed week, so that a practice that grows from year to year shows no season for it; the index of
-- a week of the year is the mean over the blocks. A week is that of the year in which its middle lies.
WITH blocks AS (
  SELECT
    l.practice_id, l.location_id, w.week_start, (c.last_week - w.week_start) // 364 AS block,
    coalesce(k.numerator, 0) AS net_revenue
  FROM locations l
  CROSS JOIN computed c
  JOIN (
    SELECT practice_id, location_id, min(week_start) AS first_week
    FROM kpi_weekly
    WHERE kpi = 'net_revenue'
    GROUP BY ALL
  ) f USING (practice_id, location_id)
  JOIN (SELECT DISTINCT week_start FROM dates) w
    ON w.week_start >= f.first_week AND w.week_start <= c.last_week
  LEFT JOIN kpi_weekly k
    ON k.practice_id = l.practice_id AND k.location_id = l.location_id
    AND k.kpi = 'net_revenue' AND k.week_start = w.week_start
  -- Whole blocks only, and two or more of them.
  WHERE (c.last_week - w.week_start) // 364 < ((c.last_week - f.first_week) // 7 + 1) // 52
    AND (c.last_week - f.first_week) // 7 + 1 >= 104
), ratios AS (
  SELECT
    *,
    weekofyear(week_start + 3) AS week_of_year,
    sum(net_revenue) OVER (PARTITION BY practice_id, location_id, block) AS block_revenue
  FROM blocks
)
SELECT
  practice_id, location_id, week_of_year, count(*) AS weeks,
  sum(net_revenue) AS net_revenue,
  avg(CAST(net_revenue * 52 AS DOUBLE) / CAST(block_revenue AS DOUBLE) ORDER BY week_start)
    AS index
FROM ratios
WHERE block_revenue > 0
GROUP BY ALL
ORDER BY practice_id, location_id, week_of_year
