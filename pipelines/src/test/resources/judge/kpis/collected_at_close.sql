-- What happened to each receipt, a line or a payment, by the end of the week of its earliest line.
INSERT INTO judged
WITH happened AS (
  SELECT practice_id, location_id, sale_id, day, net + tax AS billed, 0 AS collected
  FROM current_sale_lines, parameters WHERE NOT is_gone AND day < as_of
  UNION ALL
  SELECT practice_id, location_id, sale_id, day, 0, amount
  FROM current_payments, parameters WHERE NOT is_gone AND day < as_of),
first_days AS (
  SELECT practice_id, location_id, sale_id, week_of(min(day)) AS starts
  FROM current_sale_lines, parameters WHERE NOT is_gone AND day < as_of GROUP BY ALL)
SELECT practice_id, location_id, 'location', NULL, 'week', starts, 'collected_at_close',
  sum(collected), sum(billed), count(DISTINCT sale_id)
FROM happened JOIN first_days USING (practice_id, location_id, sale_id)
WHERE day < starts + 7
GROUP BY ALL;
