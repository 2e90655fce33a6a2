-- Current rows per source, table and week against the median of the weeks before. Weeks without rows
-- count with 0. A week is complete when the source's rows reach to within two days of its end, so
-- that two closed days do not hide it.
WITH per_week AS (
  SELECT f.source, f.practice_id, d.table_name, w.week_start, sum(d.rows) AS rows,
    max(d.local_date) AS newest_date
  FROM fact_dates d
  JOIN (SELECT DISTINCT source_file_id, source, practice_id FROM ingest_files) f USING (source_file_id)
  JOIN dates w ON w.date = d.local_date
  CROSS JOIN computed c
  WHERE d.local_date < c.as_of
  GROUP BY ALL
), spans AS (
  SELECT source, practice_id, table_name, min(week_start) AS first_week, max(newest_date) AS newest_date
  FROM per_week
  GROUP BY ALL
), weeks AS (
  SELECT s.source, s.practice_id, s.table_name, w.week_start, coalesce(p.rows, 0) AS rows
  FROM spans s
  JOIN (SELECT DISTINCT week_start, week_end FROM dates) w
    ON w.week_start >= s.first_week AND w.week_end <= s.newest_date + 2
  CROSS JOIN computed c
  LEFT JOIN per_week p
    ON p.source = s.source AND p.table_name = s.table_name AND p.week_start = w.week_start
  WHERE w.week_end < c.as_of
), compared AS (
  SELECT w.source, w.practice_id, w.table_name, w.week_start, w.rows,
    list(b.rows) FILTER (b.rows IS NOT NULL) AS before
  FROM weeks w
  LEFT JOIN weeks b
    ON b.source = w.source AND b.table_name = w.table_name
    AND b.week_start < w.week_start AND b.week_start >= w.week_start - 91
  GROUP BY ALL
), measured AS (
  SELECT *, CASE WHEN len(before) >= 6 THEN list_median(before) END AS usual FROM compared
), limited AS (
  SELECT *, greatest(
    0.5 * usual,
    3.5 * 1.4826 * list_median(list_transform(before, lambda x: abs(x - usual)))) AS distance
  FROM measured
)
SELECT
  source, practice_id, table_name, week_start, rows, usual,
  CASE WHEN usual IS NOT NULL THEN greatest(0, usual - distance) END AS lower_limit,
  usual + distance AS upper_limit,
  CASE WHEN usual >= 10 THEN rows < usual - distance OR rows > usual + distance END AS is_unusual
FROM limited
ORDER BY source, table_name, week_start
