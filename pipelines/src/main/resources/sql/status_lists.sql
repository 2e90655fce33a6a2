-- Lists that say less than they could, and what one more column would bring; the locations at which it is so together.
SELECT practice_id AS practice, label AS list, state, count(*) AS locations, any_value(brings) AS what_one_more_column_would_bring
FROM list_completeness
WHERE state <> 'full'
GROUP BY practice_id, list_order, label, state, CASE WHEN brings IS NULL THEN '' ELSE regexp_replace(brings, '\d+', '', 'g') END
ORDER BY practice_id, list_order, state
