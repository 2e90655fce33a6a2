-- The facts whose rows a KPI's measures are made of, so that a file of other facts is not named as
-- the cause of its change. A KPI with a measure that no line names may rest on any fact.
WITH made_of AS (
  SELECT * FROM (VALUES
    ('(net|gross|discount|tax)_.*|lines_sold|lines_discounted|sales_visits|receipts|billed', ['sale_lines']),
    ('collected', ['sale_lines', 'payments']),
    ('paid_.*', ['payments']),
    ('visits_.*|rows_.*|wait_seconds|actual_seconds|scheduled_seconds|double_bookings'
      || '|clients_.*|room_.*', ['appointments']),
    ('(bookable|kept|no_show|late_cancelled|unresolved|idle|overflow)_seconds',
      ['appointments', 'shifts']),
    ('(worked|overtime)_seconds', ['timecards']),
    ('goods_.*|annual_goods_used|mean_inventory|used_cost_91|expired_cost_91|stockout_days'
      || '|shrinkage_cost|counts|expedited_freight|count_.*|stock_value',
      ['stock_movements', 'stock_counts'])
  ) t(measures, tables)
), named AS (
  SELECT k.kpi, k.measure, m.tables
  FROM kpi_measures k
  LEFT JOIN made_of m ON regexp_full_match(k.measure, m.measures)
)
SELECT DISTINCT kpi, unnest(tables) AS table_name
FROM named
WHERE kpi NOT IN (SELECT kpi FROM named WHERE tables IS NULL)
