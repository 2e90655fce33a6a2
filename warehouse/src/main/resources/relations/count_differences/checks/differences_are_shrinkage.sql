-- What counts found missing on a day is what is measured and booked as shrinkage of it.
SELECT practice_id, location_id, date
FROM (
  SELECT practice_id, location_id, date, amount
  FROM measures_daily
  WHERE grain = 'location' AND measure = 'shrinkage_cost'
  UNION ALL
  SELECT practice_id, location_id, date, -cost
  FROM count_differences
)
GROUP BY ALL
HAVING abs(sum(amount)) > 0.00005 * count(*)
ORDER BY ALL
