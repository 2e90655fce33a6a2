SELECT *, 0 AS value, 0 AS numerator FROM kpi_zeros
ORDER BY grain, practice_id, location_id, member_id, kpi, week_start
