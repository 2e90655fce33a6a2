-- The audience's own locations. What is said of their peers stays only where five or more of the practices
-- behind it are none of the audience's.
WITH own AS (
  SELECT b.*
  FROM published.kpi_benchmark b
  JOIN audience USING (practice_id)
), known AS (
  SELECT week_start, range_weeks, kpi, peer_group, count(DISTINCT practice_id) AS practices
  FROM own
  GROUP BY ALL
), told AS (
  SELECT
    o.*,
    o.withheld_reason IS NULL AND o.contributors IS NOT NULL
      AND o.contributors - k.practices >= 5 AS is_told
  FROM own o
  JOIN known k USING (week_start, range_weeks, kpi, peer_group)
)
SELECT
  * EXCLUDE (is_told) REPLACE (
    CASE WHEN is_told THEN rank END AS rank,
    CASE WHEN is_told THEN percentile END AS percentile,
    CASE WHEN is_told THEN p25 END AS p25,
    CASE WHEN is_told THEN p50 END AS p50,
    CASE WHEN is_told THEN p75 END AS p75,
    CASE WHEN is_told THEN gap_p50 END AS gap_p50,
    CASE WHEN is_told THEN gap_p75 END AS gap_p75,
    CASE WHEN is_told THEN gap_dollars_low END AS gap_dollars_low,
    CASE WHEN is_told THEN gap_dollars_expected END AS gap_dollars_expected,
    CASE WHEN is_told THEN gap_dollars_high END AS gap_dollars_high,
    CASE
      WHEN NOT is_told
        THEN coalesce(
          withheld_reason,
          'fewer than 5 of the practices that contribute are none of this audience''s')
    END AS withheld_reason)
FROM told
