-- What share of revenue and hours two systems attribute to the same people and things in the report's week,
-- in each practice and, where that is NULL, in all of them together.
SELECT
    practice_id,
    kind,
    CAST(sum(matched_revenue) / nullif(sum(revenue), 0) AS DOUBLE) AS revenue,
    sum(matched_hours) / nullif(sum(hours), 0) AS hours,
    sum(values_unmatched) AS unmatched
FROM identity_coverage
WHERE week_start = (SELECT last_week_start FROM runs) AND practice_id = ANY($1)
GROUP BY GROUPING SETS ((kind), (practice_id, kind))
ORDER BY list_position(['provider', 'service', 'product', 'client'], kind)
