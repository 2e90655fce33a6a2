-- What a location uses is counted thing by thing, what happened row by row.
WITH parts AS (
{parts}
), mentioned AS (
  SELECT practice_id, location_id, local_date, UNNEST([
    {'kind': 'service_id', 'thing': service_id}, {'kind': 'client_key', 'thing': client_key},
    {'kind': 'provider_id', 'thing': provider_id}, {'kind': 'room_id', 'thing': room_id}],
    recursive := true)
  FROM appointments
  WHERE status <> 'deleted'
  UNION ALL BY NAME
  SELECT practice_id, location_id, local_date, UNNEST([
    {'kind': 'service_id', 'thing': service_id}, {'kind': 'client_key', 'thing': client_key},
    {'kind': 'provider_id', 'thing': provider_id}], recursive := true)
  FROM sale_lines
  UNION ALL BY NAME
  SELECT practice_id, location_id, local_date, 'product_id' AS kind, product_id AS thing
  FROM stock_movements
  UNION ALL BY NAME
  SELECT practice_id, location_id, local_date, 'product_id' AS kind, product_id AS thing
  FROM stock_counts
), used AS (
  SELECT DISTINCT m.practice_id, m.location_id, m.kind, m.thing
  FROM mentioned m
  CROSS JOIN computed c
  WHERE m.thing IS NOT NULL AND m.local_date BETWEEN c.last_week - 84 AND c.last_week + 6
), told_columns AS (
{told}
), judged AS (
  -- Of several columns the one that tells the most.
  SELECT
    l.practice_id, l.location_id, p.list_order, p.list, p.label, p.relation, p.position,
    p.is_needed, p.is_by_hand, p.name AS column_name, p.called, p.without, p.is_word,
    arg_max(
      {
        'things_name': t.things_name, 'are_rows': coalesce(t.are_rows, false),
        'things': coalesce(t.things, 0), 'told': coalesce(t.told, 0)},
      (coalesce(t.told, 0), coalesce(t.things, 0), p.column_name)) AS most
  FROM locations l
  CROSS JOIN parts p
  LEFT JOIN told_columns t
    ON t.practice_id = l.practice_id AND t.location_id = l.location_id
    AND t.column_name = p.column_name AND t.condition = p.condition
  GROUP BY ALL
), stated AS (
  SELECT
    * EXCLUDE (most), most.things_name, most.are_rows, most.things, most.told,
    CASE
      WHEN most.told = 0 THEN 'missing'
      WHEN most.told < most.things AND NOT most.are_rows THEN 'partly'
      ELSE 'told'
    END AS state
  FROM judged
)
SELECT
  practice_id, location_id, list_order, list, label, relation, position, is_needed, is_by_hand,
  column_name, things_name, things, told, state,
  CASE
    WHEN state = 'told' THEN NULL
    WHEN things = 0 THEN called || ' are missing'
    WHEN are_rows
      THEN called || CASE WHEN is_word THEN ' are not among ' ELSE ' are in none of ' END
        || format('{:,}', things) || ' ' || things_name
    ELSE called || ' of ' || CASE
      WHEN told = 0 AND things > 1 THEN 'all' ELSE format('{:,}', things - told) || ' of'
    END || ' ' || format('{:,}', things) || ' '
      || things_name || ' are missing'
  END || CASE state WHEN 'partly' THEN '; for those, ' ELSE ': ' END || without AS brings
FROM stated
ORDER BY practice_id, location_id, list_order, position
