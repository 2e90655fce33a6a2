-- Published numbers of the weeks that the trends show, by cause; one that was restated twice counts once.
SELECT
    practice_id,
    location_id,
    cause,
    file_name,
    count(DISTINCT (kpi, week_start)) AS numbers,
    min(week_start) AS first_week,
    max(week_start) AS last_week
FROM restatements
WHERE grain = 'location' AND week_start > (SELECT last_week_start FROM runs) - 91 AND practice_id = ANY($1)
GROUP BY ALL
ORDER BY cause, file_name, location_id
