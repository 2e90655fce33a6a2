-- Most of the week first; retail and fees, which are no category, last.
SELECT category, yesterday, week_to_date, compared, base
FROM flash_categories
WHERE practice_id = $1 AND location_id = $2
ORDER BY category IS NULL, greatest(coalesce(week_to_date, 0), coalesce(base, 0)) DESC, category
