SELECT
  * EXCLUDE (of_kind, of_kind_at_location),
  row_number() OVER (PARTITION BY practice_id ORDER BY of_kind > 1, rank) <= 3 AS is_in_letter,
  row_number() OVER (PARTITION BY practice_id, location_id ORDER BY of_kind_at_location > 1, rank) <= 3
    AS is_of_location
FROM (
  SELECT
    *,
    row_number() OVER (PARTITION BY practice_id, action ORDER BY rank) AS of_kind,
    row_number() OVER (PARTITION BY practice_id, location_id, action ORDER BY rank)
      AS of_kind_at_location
  FROM (
    SELECT
      c.practice_id, c.location_id, w.last_week AS week_start,
      row_number() OVER (
        PARTITION BY c.practice_id
        ORDER BY list_position(['revenue', 'cash', 'exposure'], c.worth), c.expected DESC, c.position,
          c.location_id, c.subject) AS rank,
      c.action, c.subject, c.role, c.sentence, c.evidence, c.worth,
      greatest(0, least(c.low, c.expected)) AS low, c.expected, greatest(c.high, c.expected) AS high,
      -- What is due already is due on the first day of the week that begins.
      greatest(c.due_on, w.last_week + 7) AS due_on, c.observed
    FROM candidates c
    JOIN locations USING (practice_id, location_id)
    CROSS JOIN computed w
  )
)
ORDER BY practice_id, rank
