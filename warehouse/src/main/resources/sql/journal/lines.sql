-- The lines of one week with the accounts of the practice's own books. An entry, one per location,
-- has a number within its week, short enough for every importer.
WITH accounts (account, account_name, account_code) AS (
  VALUES ${accounts}
), numbered AS (
  SELECT
    practice_id, location_id, week_start,
    'W' || strftime(week_start, '%Y%m%d') || '-'
      || dense_rank() OVER (ORDER BY location_id) AS entry_number
  FROM (
    SELECT practice_id, location_id, DATE '${week}' AS week_start
    FROM locations
    WHERE practice_id = ${practice}
  )
), lines AS (
  SELECT
    n.entry_number, j.week_start + 6 AS journal_date, j.practice_id, j.location_id,
    l.name AS location_name, j.position, j.account, a.account_code, a.account_name, j.debit, j.credit, j.memo
  FROM journal_weekly j
  JOIN numbered n USING (practice_id, location_id, week_start)
  JOIN locations l USING (practice_id, location_id)
  JOIN accounts a USING (account)
  WHERE ${location} IS NULL OR j.location_id = ${location}
)
