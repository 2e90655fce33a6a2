SELECT entry_number, count(*) AS lines
FROM lines
GROUP BY entry_number, journal_date, location_id
ORDER BY journal_date, location_id
