-- Each source: its state, how far its data reach, and what was rejected of late.
SELECT
  source,
  practice_id AS practice,
  mapping,
  state,
  files,
  newest_date AS data_through,
  expected_every_days AS expected_days,
  days_late,
  rows_read AS rows_28_days,
  round(100 * reject_share, 2) AS rejected_percent
FROM sources
ORDER BY CASE state WHEN 'missing' THEN 1 WHEN 'refused' THEN 2 WHEN 'late' THEN 3 ELSE 4 END, source
