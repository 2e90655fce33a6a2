-- The lines of a practice's entries of some days, a debit above 0. What counts found missing or too much is
-- named where it is much.
WITH named AS (
  SELECT practice_id, location_id, date,
    string_agg(product_id || ' ' || CAST(-cost AS DECIMAL(38, 2)), ', ' ORDER BY abs(cost) DESC, product_id)
      AS products
  FROM count_differences
  WHERE is_large
  GROUP BY ALL
)
SELECT j.location_id, j.date, j.position, j.account,
  j.memo || CASE WHEN j.memo = 'Shrinkage found by counts' THEN coalesce(': ' || n.products, '') ELSE '' END
    AS memo,
  coalesce(j.debit, 0) - coalesce(j.credit, 0) AS amount
FROM journal_daily j
LEFT JOIN named n USING (practice_id, location_id, date)
WHERE j.practice_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR j.location_id = $2)
  AND j.date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
ORDER BY j.date, j.location_id, j.position
