-- Who was there, came and went is who is there, and each period opens with the closing of the one before.
SELECT practice_id, location_id, calendar, period_start
FROM (
  SELECT *, lag(closing) OVER (
    PARTITION BY practice_id, location_id, calendar ORDER BY period_start) AS closed_with
  FROM membership_monthly
)
WHERE opening + joined + resumed - paused - lost <> closing OR opening <> closed_with
  OR churned > first_day_members OR churned_mrr > first_day_mrr
ORDER BY ALL
