-- One line per practice for the last computed week.
SELECT
  p.name AS practice,
  count(DISTINCT l.location_id) AS locations,
  coalesce(max(CASE kpi WHEN 'net_revenue' THEN format('{:,.0f} ', value) || p.currency END), '–') AS net_revenue,
  coalesce(max(CASE kpi WHEN 'fill_rate' THEN printf('%.1f %%', value * 100) END), '–') AS fill_rate,
  coalesce(max(CASE kpi WHEN 'no_show_rate' THEN printf('%.1f %%', value * 100) END), '–') AS no_show_rate,
  coalesce(max(CASE kpi WHEN 'average_ticket' THEN printf('%.2f', value) END), '–') AS average_ticket,
  coalesce(max(CASE kpi WHEN 'revenue_per_provider_hour' THEN printf('%.2f', value) END), '–') AS per_provider_hour,
  coalesce(max(CASE kpi WHEN 'collection_rate' THEN printf('%.1f %%', value * 100) END), '–') AS collection_rate,
  coalesce(max(CASE kpi WHEN 'inventory_turn' THEN printf('%.1f', value) END), '–') AS inventory_turn
FROM practices p
JOIN locations l USING (practice_id)
LEFT JOIN kpi_weekly_practice k
  ON k.practice_id = p.practice_id
  AND k.week_start = (SELECT last_week_start FROM runs)
GROUP BY p.practice_id, p.name
ORDER BY p.name
