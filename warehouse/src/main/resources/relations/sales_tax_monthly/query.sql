-- Exports tell the tax of a line and no rate. A rate is told by what a cent's rounding allows: rates are
-- multiples of a fortieth of a per cent where one fits, and of those that fit a line it has the one at which
-- most of the location's tax was taken.
WITH lines AS (
  SELECT
    s.practice_id, s.location_id, s.sale_id, s.line_id, s.kind, p.calendar, p.period_start,
    s.net_amount, coalesce(s.tax_amount, 0) AS tax, s.tax_amount IS NOT NULL AS is_told,
    s.net_amount < 0 OR (s.net_amount = 0 AND coalesce(s.quantity, 1) < 0) AS is_refund
  FROM sale_lines s
  JOIN period_days p ON p.date = s.local_date AND p.calendar IN ('month', 'fiscal')
), taxed AS (
  SELECT DISTINCT practice_id, location_id, sale_id, line_id,
    abs(tax) AS tax, CAST(tax AS DOUBLE) / CAST(net_amount AS DOUBLE) AS share,
    (abs(CAST(tax AS DOUBLE)) - 0.005000001) / abs(CAST(net_amount AS DOUBLE)) AS least_rate,
    (abs(CAST(tax AS DOUBLE)) + 0.005000001) / abs(CAST(net_amount AS DOUBLE)) AS most_rate
  FROM lines
  WHERE is_told AND tax <> 0 AND net_amount <> 0 AND (tax > 0) = (net_amount > 0)
), guessed AS (
  SELECT *,
    CAST(CASE WHEN round(share * 4000) / 4000 BETWEEN least_rate AND most_rate
      THEN round(share * 4000) / 4000 ELSE round(share, 5) END AS DECIMAL(9, 5)) AS guess
  FROM taxed
), rates AS (
  SELECT practice_id, location_id, guess AS rate,
    row_number() OVER (PARTITION BY practice_id, location_id ORDER BY sum(tax) DESC, guess) AS place
  FROM guessed
  GROUP BY practice_id, location_id, guess
), rated AS (
  SELECT g.practice_id, g.location_id, g.sale_id, g.line_id,
    coalesce(arg_min(r.rate, r.place), any_value(g.guess)) AS rate
  FROM guessed g
  LEFT JOIN rates r
    ON r.practice_id = g.practice_id AND r.location_id = g.location_id
    AND r.rate BETWEEN g.least_rate AND g.most_rate
  GROUP BY ALL
)
SELECT
  l.practice_id, l.location_id, l.calendar, l.period_start, l.kind,
  CASE WHEN l.is_told AND l.tax = 0 THEN 0 ELSE r.rate END AS rate,
  count(*) AS lines,
  coalesce(sum(l.net_amount) FILTER (NOT l.is_refund), 0) AS net_sold,
  coalesce(sum(l.net_amount) FILTER (l.is_refund), 0) AS net_refunded,
  coalesce(sum(l.tax) FILTER (NOT l.is_refund), 0) AS tax_collected,
  coalesce(sum(l.tax) FILTER (l.is_refund), 0) AS tax_refunded
FROM lines l
JOIN locations USING (practice_id, location_id)
LEFT JOIN rated r USING (practice_id, location_id, sale_id, line_id)
GROUP BY ALL
ORDER BY l.practice_id, l.location_id, l.calendar, l.period_start, l.kind, rate
