-- Lines whose rows do not add up to them. Each day's is rounded to a ten-thousandth and then to a cent; what
-- rounding leaves has no rows.
SELECT coalesce(l.account, 'position ' || s.position) AS account, coalesce(l.amount, 0) AS line, coalesce(s.amount, 0) AS rows
FROM lines l
FULL JOIN sums s USING (position)
WHERE abs(coalesce(l.amount, 0) - coalesce(s.amount, 0)) > 0.005051 * greatest(l.days, s.days)
  AND l.account IS DISTINCT FROM 'rounding'
ORDER BY position
