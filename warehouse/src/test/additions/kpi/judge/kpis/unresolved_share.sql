INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', week_of(day), 'unresolved_share',
  count(*) FILTER (WHERE outcome = 'unresolved'), count(*), count(*)
FROM visits
WHERE outcome IN ('attended', 'no_show', 'late', 'unresolved') AND grain IN ('location', 'provider')
GROUP BY ALL;
