-- Every fact before the end of the last computed week has a day here, those before the first computed
-- week, too, in their day and week; a period holds computed days.
SELECT p.calendar, p.period_start, d.date, d.week_start
FROM dates d
JOIN periods p ON d.date BETWEEN p.first_day AND p.last_day
UNION ALL
SELECT c.calendar, CASE c.calendar WHEN 'day' THEN d.date ELSE d.week_start END, d.date, d.week_start
FROM dates d
JOIN computed ON d.week_start <= computed.last_week
CROSS JOIN (VALUES ('day'), ('week')) c (calendar)
