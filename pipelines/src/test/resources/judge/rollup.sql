-- Practices and regions: the sums of their locations' numerators, denominators and samples. Overtime
-- of a practice is the one exception; it was judged from the cards.

INSERT INTO judged
SELECT practice_id, NULL, 'practice', NULL, 'week', starts, kpi, sum(numerator), sum(denominator),
  sum(sample)
FROM judged
WHERE grain = 'location' AND period = 'week' AND kpi <> 'overtime_hours'
GROUP BY practice_id, starts, kpi;

INSERT INTO judged
SELECT practice_id, NULL, 'region', region, 'week', starts, kpi, sum(numerator), sum(denominator),
  sum(sample)
FROM judged JOIN places USING (practice_id, location_id)
WHERE grain = 'location' AND period = 'week' AND region IS NOT NULL
GROUP BY practice_id, region, starts, kpi;
