SELECT
  r.*,
  CAST((
    SELECT count(*)
    FROM locations l
    WHERE l.practice_id = r.practice_id AND (l.opened_on IS NULL OR l.opened_on <= r.period_end))
    AS INTEGER) AS locations
FROM kpi_monthly_rows r
WHERE r.grain = 'practice'
ORDER BY r.practice_id, r.kpi, r.calendar, r.period_start
