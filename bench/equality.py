"""Whether the peer's KPIs are those of the published warehouse: every KPI that both have, at every grain."""

import duckdb

# What the peer does not compute: the walk through lots, counts and what they reset is no SQL of a page.
MISSING = (
    "count_error_share", "days_on_hand", "expired_share", "inventory_turn", "shrinkage_cost", "stock_value", "stockout_days")

# Relation of the warehouse, grain, its member and period.
RELATIONS = (
    ("kpi_weekly", "'location'", "NULL", "location_id", "week", "week_start"),
    ("kpi_weekly_provider", "'provider'", "provider_id", "location_id", "week", "week_start"),
    ("kpi_weekly_room", "'room'", "room_id", "location_id", "week", "week_start"),
    ("kpi_weekly_category", "'category'", "category", "location_id", "week", "week_start"),
    ("kpi_weekly_practice", "'practice'", "NULL", "NULL", "week", "week_start"),
    ("kpi_weekly_region", "'region'", "region", "NULL", "week", "week_start"),
    ("kpi_daily", "CASE WHEN category IS NULL THEN 'location' ELSE 'category' END", "category",
     "location_id", "day", "date"),
)


def differences(warehouse, peer):
    """Rows compared, those that differ by KPI and grain, and KPIs that only the warehouse has and nobody named."""
    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'UTC'")
        db.execute(f"ATTACH '{warehouse}' AS published (READ_ONLY)")
        db.execute(f"ATTACH '{peer}' AS peer (READ_ONLY)")
        published = " UNION ALL ".join(
            f"SELECT practice_id, {location} AS location_id, {grain} AS grain, {member} AS member, '{period}' AS period,"
            f" {starts} AS starts, kpi, numerator, denominator FROM published.{relation}"
            for relation, grain, member, location, period, starts in RELATIONS)
        named = ", ".join("'" + kpi + "'" for kpi in MISSING)
        db.execute(f"""
            CREATE TABLE compared AS
            WITH published_rows AS (SELECT * FROM ({published}) WHERE kpi NOT IN ({named})),
            keyed AS (SELECT concat_ws('|', practice_id, coalesce(location_id, ''), grain, coalesce(member, ''), period,
              starts, kpi) AS key, * FROM published_rows),
            peer_keyed AS (SELECT concat_ws('|', practice_id, coalesce(location_id, ''), grain, coalesce(member, ''), period,
              starts, kpi) AS key, * FROM peer.kpis)
            SELECT coalesce(w.kpi, p.kpi) AS kpi, coalesce(w.grain, p.grain) AS grain, key, w.numerator AS published_numerator,
              p.numerator AS peer_numerator, w.denominator AS published_denominator, p.denominator AS peer_denominator,
              w.key IS NOT NULL AND p.key IS NOT NULL
                -- What rests on a mean cost of receipts is rounded where the cost is.
                AND abs(w.numerator - p.numerator) <= CASE w.kpi WHEN 'margin_after_goods' THEN 0.00001 ELSE 0.000001 END
                AND (w.denominator IS NULL AND p.denominator IS NULL OR abs(w.denominator - p.denominator) <= 0.000001)
                AS is_equal
            FROM keyed w FULL JOIN peer_keyed p USING (key)""")
        rows = db.execute("SELECT count(*) FROM compared").fetchone()[0]
        differing = db.execute(
            "SELECT kpi, grain, count(*), min(key) FROM compared WHERE is_equal IS NOT TRUE GROUP BY ALL ORDER BY ALL").fetchall()
        unnamed = db.execute(
            "SELECT DISTINCT kpi FROM published.kpi_weekly EXCEPT SELECT DISTINCT kpi FROM peer.kpis"
            f" EXCEPT SELECT unnest([{named}]) ORDER BY ALL").fetchall()
        kpis = [row[0] for row in db.execute("SELECT DISTINCT kpi FROM compared ORDER BY ALL").fetchall()]
        return rows, differing, [kpi for (kpi,) in unnamed], kpis


def same_typing(peer, typed):
    """Whether Polars typed every row as DuckDB did: rows, instants and amounts of each table add up to the same."""
    sums = {
        "appointments": ("starts", "ends", "cancelled", "booked"), "shifts": ("starts", "ends"), "timecards": ("starts", "ends"),
        "sale_lines": ("sold", "pieces", "gross"), "payments": ("paid", "money"), "stock_movements": ("moved", "pieces"),
        "stock_counts": ("counted", "pieces")}
    amounts = {"pieces", "gross", "money"}
    with duckdb.connect() as db:
        for table, columns in sums.items():
            wanted = ", ".join(f"sum({column if column in amounts else f'epoch_us({column})'})" for column in columns)
            one, other = (
                db.execute(f"SELECT count(*), {wanted} FROM '{directory}/{table}.parquet'").fetchone()
                if (directory / (table + ".parquet")).exists() else (0,) + (None,) * len(columns)
                for directory in (peer, typed))
            if one != other:
                raise SystemExit(f"No time is shown, because Polars typed {table} otherwise: {other} instead of {one}.")
