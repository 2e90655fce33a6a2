-- KPIs of some practices' locations that moved to another level and are still there, the dearest first;
-- those without a price behind them.
SELECT
  practice_id, location_id, kpi, since_week_start, before_weeks, weeks, before_value, value, is_favourable,
  dollars_per_week
FROM kpi_stories
WHERE practice_id = ANY($1) AND until_week_start IS NULL
ORDER BY abs(dollars_per_week) DESC NULLS LAST, since_week_start, location_id, kpi
