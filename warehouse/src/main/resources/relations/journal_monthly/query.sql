-- The entries of the days, added up per account; what adds up to 0 has no line.
WITH sums AS (
  SELECT
    j.practice_id, j.location_id, d.calendar, d.period_start, j.position, j.account, j.memo,
    sum(coalesce(j.debit, 0) - coalesce(j.credit, 0)) AS debit
  FROM journal_daily j
  JOIN period_days d ON d.date = j.date AND d.calendar IN ('month', 'fiscal')
  GROUP BY ALL
)
SELECT
  * EXCLUDE (debit),
  CASE WHEN debit > 0 THEN debit END AS debit,
  CASE WHEN debit < 0 THEN -debit END AS credit
FROM sums
WHERE debit <> 0
ORDER BY practice_id, location_id, calendar, period_start, position
