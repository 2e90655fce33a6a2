SELECT
  r.*, r.member_id AS region,
  CAST((
    SELECT count(*)
    FROM locations l
    WHERE l.practice_id = r.practice_id AND l.region = r.member_id
      AND (l.opened_on IS NULL OR l.opened_on <= r.period_end)) AS INTEGER) AS locations
FROM kpi_monthly_rows r
WHERE r.grain = 'region'
ORDER BY r.practice_id, r.member_id, r.kpi, r.calendar, r.period_start
