-- $1 is the practice. A usage that names its service tells the recipe: the middle of what a treatment used
-- on days on which at least as many usages as treatments were written down, so that one that nobody wrote
-- down does not make the recipe smaller. Else it is guessed: how much more
-- of a product was used on days on which a service was performed once more? The slope of a line through
-- the days, each measured against the average of its location and weekday, so that a larger location or
-- a busy Friday explains nothing. Only where the line explains half of how the use varies, and rests on
-- eight days, is it more than chance; and only where the product was used on nine of ten days on which
-- the service was performed: else some use was not written down, and the guess would be too low.
WITH performed AS (
  SELECT location_id, local_date, service_id, count(*) AS times
  FROM appointments
  WHERE practice_id = $1 AND status IN ('arrived', 'completed') AND service_id IS NOT NULL
  GROUP BY ALL
), used AS (
  SELECT location_id, local_date, product_id, service_id, -sum(quantity) AS quantity,
    count(*) AS movements
  FROM stock_movements
  WHERE practice_id = $1 AND kind = 'usage'
  GROUP BY ALL
), told AS (
  SELECT
    service_id, product_id,
    median(used.quantity / times) AS guess, count(*) AS days
  FROM used JOIN performed USING (location_id, local_date, service_id)
  WHERE movements >= times
  GROUP BY ALL
), untold AS (
  SELECT location_id, local_date, product_id, sum(quantity) AS quantity
  FROM used WHERE service_id IS NULL GROUP BY ALL
), known_days AS (
  -- Days of a location on which any usage was booked: on others nobody wrote it down.
  SELECT DISTINCT location_id, local_date FROM untold
), pairs AS (
  SELECT DISTINCT p.service_id, u.product_id
  FROM performed p JOIN untold u USING (location_id, local_date)
), days AS (
  SELECT
    pairs.service_id, pairs.product_id, location_id, local_date, coalesce(times, 0) AS times,
    coalesce(quantity, 0) AS quantity
  FROM pairs
  CROSS JOIN known_days
  LEFT JOIN performed p USING (service_id, location_id, local_date)
  LEFT JOIN untold u USING (product_id, location_id, local_date)
), centred AS (
  SELECT
    *,
    times - avg(times) OVER like_day AS more_times,
    quantity - avg(quantity) OVER like_day AS more_used
  FROM days
  WINDOW like_day AS (PARTITION BY service_id, product_id, location_id, isodow(local_date))
), guessed AS (
  SELECT
    service_id, product_id, regr_slope(more_used, more_times) AS guess,
    regr_r2(more_used, more_times) AS share,
    count(*) FILTER (times > 0 AND quantity > 0) AS days,
    count(*) FILTER (times > 0) AS performed_days
  FROM centred GROUP BY ALL
), found AS (
  SELECT service_id, product_id, guess, days, 1.0 AS share FROM told WHERE guess > 0 AND days >= 3
  UNION ALL
  SELECT service_id, product_id, guess, days, share
  FROM guessed
  ANTI JOIN (SELECT DISTINCT service_id, product_id FROM used WHERE service_id IS NOT NULL)
    USING (service_id, product_id)
  WHERE guess > 0 AND share >= 0.5 AND days >= 8 AND days >= 0.9 * performed_days
)
SELECT service_id, product_id, round(guess, 2) AS guess, days
FROM found
LEFT JOIN (SELECT service_id, sum(times) AS treatments FROM performed GROUP BY ALL) t
  USING (service_id)
ORDER BY treatments DESC NULLS LAST, service_id, round(share, 2) DESC, product_id
