-- A location that is open for a week sells something and is paid something; a week without a single
-- row is one that did not arrive. Before it opens it may sell a deposit now and then, and the weeks
-- between are none that did not arrive, but those are of which every row was rejected.
WITH told AS (
  SELECT s.practice_id, s.location_id, 'sale_lines' AS table_name, d.week_start
  FROM sale_lines s
  JOIN dates d ON d.date = s.local_date
  UNION
  SELECT p.practice_id, p.location_id, 'payments', d.week_start
  FROM payments p
  JOIN dates d ON d.date = p.local_date
), begun AS (
  SELECT
    t.practice_id, t.location_id, min(t.week_start) AS first_told,
    greatest(min(t.week_start), week_of(any_value(l.opened_on), any_value(c.last_week))) AS first_week
  FROM told t
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  GROUP BY ALL
), rejected AS (
  SELECT DISTINCT r.practice_id, r.location_id, r.table_name, d.week_start
  FROM rejected_amounts r
  JOIN dates d USING (date)
)
SELECT h.practice_id, h.location_id, w.week_start, h.table_name
FROM exported_books h
JOIN begun b USING (practice_id, location_id)
JOIN (SELECT DISTINCT d.week_start FROM dates d JOIN computed c ON d.week_start <= c.last_week) w
  ON w.week_start >= b.first_told
LEFT JOIN rejected r
  ON r.practice_id = h.practice_id AND r.location_id = h.location_id
  AND r.table_name = h.table_name AND r.week_start = w.week_start
ANTI JOIN told t
  ON t.practice_id = h.practice_id AND t.location_id = h.location_id
  AND t.table_name = h.table_name AND t.week_start = w.week_start
WHERE w.week_start >= b.first_week OR r.week_start IS NOT NULL
ORDER BY ALL
