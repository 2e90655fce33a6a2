-- revenue per provider hour = fill rate × revenue per treated hour, where all three exist. As the
-- bookable hours of the first are those of the fill rate, and the kept hours of the fill rate those
-- of the third, it holds exactly if each pair of sums is equal; nothing is divided or rounded.
WITH scaled_sums AS (
  SELECT s.*, d.* EXCLUDE (kpi)
  FROM kpi_sums s
  JOIN kpi_scales d USING (kpi)
)
SELECT f.practice_id, f.location_id, f.grain, f.member_id, f.week_start
FROM scaled_sums p
JOIN scaled_sums f
  ON f.kpi = 'fill_rate' AND f.practice_id = p.practice_id AND f.location_id = p.location_id
  AND f.grain = p.grain AND f.member_id IS NOT DISTINCT FROM p.member_id AND f.week_start = p.week_start
JOIN scaled_sums t
  ON t.kpi = 'revenue_per_treated_hour' AND t.practice_id = p.practice_id
  AND t.location_id = p.location_id
  AND t.grain = p.grain AND t.member_id IS NOT DISTINCT FROM p.member_id AND t.week_start = p.week_start
WHERE p.kpi = 'revenue_per_provider_hour'
  AND p.denominator <> 0 AND f.denominator <> 0 AND t.denominator <> 0
  AND (
    -- the same money
    p.numerator * p.numerator_multiply * t.numerator_divide
      <> t.numerator * t.numerator_multiply * p.numerator_divide
    -- bookable hours × 60 = bookable minutes
    OR p.denominator * p.denominator_multiply * f.denominator_divide * 60
      <> f.denominator * f.denominator_multiply * p.denominator_divide
    -- kept hours × 60 = kept minutes
    OR t.denominator * t.denominator_multiply * f.numerator_divide * 60
      <> f.numerator * f.numerator_multiply * t.denominator_divide)
ORDER BY ALL
