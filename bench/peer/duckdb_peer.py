"""The week's work by DuckDB alone, as a good engineer would write it: reads the CSV files that a workspace's configuration
names, writes them as typed Parquet, and computes the KPIs of `kpis.sql` into a DuckDB file.

Usage: duckdb_peer.py WORKSPACE AS_OF DIRECTORY [ingest|kpis]. Prints processor seconds by stage as JSON.
"""

import json
import os
import pathlib
import sys
import time

import duckdb
import yaml

HERE = pathlib.Path(__file__).parent
KEYS = {
    "appointments": "appointment_id",
    "shifts": "shift_id",
    "timecards": "timecard_id",
    "sale_lines": "sale_id, line_id",
    "payments": "payment_id",
    "stock_movements": "movement_id",
    "stock_counts": "count_id",
}
LISTS = ("products", "services", "rooms", "clients")
# What is read of each table; an export may lack some, and a market a whole table.
COLUMNS = {
    "appointments": "appointment_id location_id visit_id client_id provider_id room_id service_id booked_at start_at end_at status"
    " cancelled_at checked_in_at started_at finished_at booking_channel reminder_sent_at class_id",
    "shifts": "shift_id location_id provider_id start_at end_at kind",
    "timecards": "timecard_id location_id provider_id clock_in_at clock_out_at",
    "sale_lines": "sale_id line_id location_id client_id provider_id seller_id sold_at kind service_id quantity gross_amount"
    " discount_amount tax_amount",
    "payments": "payment_id location_id sale_id paid_at tender amount",
    "stock_movements": "movement_id location_id product_id lot expires_on moved_at kind quantity unit_cost freight_amount is_expedited",
    "stock_counts": "count_id location_id product_id lot counted_at quantity",
    "products": "product_id unit_cost is_consignment",
    "services": "service_id category setup_minutes turnover_minutes buffer_minutes",
    "rooms": "room_id location_id kind",
    "clients": "client_id first_seen_on",
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def configure(db, workspace, as_of):
    """Places, their hours, and the files of each table in the order of delivery."""
    market = yaml.load((workspace / "medspa.yaml").read_text(), Loader=yaml.CSafeLoader)
    first = 1 + WEEKDAYS.index(market.get("week_starts_on", "monday")[:3])
    db.execute("CREATE TABLE parameters AS SELECT ?::DATE AS as_of, ?::INTEGER AS first_weekday", [as_of, first])
    places, hours, closed = [], [], []
    for practice in market["practices"]:
        for place in practice["locations"]:
            number = len(places)
            places.append(
                [number, practice["id"], place["id"], place["time_zone"], place.get("notice_hours", 24), place.get("region"),
                 place.get("opened_on"), place.get("rooms"), place.get("history_from", market.get("history_from"))])
            for day, text in place.get("opening_hours", {}).items():
                for stretch in () if text == "closed" else text.split(","):
                    opens, closes = stretch.strip().split("-")
                    hours.append([number, 1 + WEEKDAYS.index(day[:3]), opens, closes])
            closed.extend([number, day] for day in place.get("closed_days", ()))
    files = []
    for source in market["sources"]:
        if source["format"] != "medspa":
            sys.exit("The benchmark is about practices that export the built-in format; " + source["name"] + " does not.")
        for path in sorted(workspace.glob(source["from"]), key=lambda p: (p.stat().st_mtime_ns, p.name)):
            files.append([str(path), source["practice"], source["table"], len(files), source.get("delivery") == "window"])
    for name, columns, rows in (
        ("places", "place INTEGER, practice_id VARCHAR, location_id VARCHAR, zone VARCHAR, notice_hours DECIMAL(18, 4),"
         " region VARCHAR, opened_on DATE, rooms INTEGER, history_from DATE", places),
        ("opening_hours", "place INTEGER, weekday INTEGER, opens TIME, closes TIME", hours),
        ("closed_days", "place INTEGER, day DATE", closed),
        ("files", "path VARCHAR, practice_id VARCHAR, name VARCHAR, file_no INTEGER, is_window BOOLEAN", files),
    ):
        db.execute("CREATE TABLE " + name + " (" + columns + ")")
        if rows:
            marks = ", ".join("(" + ", ".join("?" * len(rows[0])) + ")" for _ in rows)
            db.execute("INSERT INTO " + name + " VALUES " + marks, [cell for row in rows for cell in row])


def ingest(db):
    """Files with the same header are read by one statement, which need not sniff what they hold."""
    for table in (*KEYS, *LISTS):
        by_header = {}
        for (path,) in db.execute("SELECT path FROM files WHERE name = ? ORDER BY file_no", [table]).fetchall():
            with open(path, encoding="utf-8") as file:
                by_header.setdefault(file.readline().strip(), []).append(path)
        columns = ", ".join("NULL::VARCHAR AS " + column for column in COLUMNS[table].split())
        reads = ["SELECT NULL::VARCHAR AS path, NULL::BIGINT AS row_no, " + columns + " WHERE false"]
        for header, paths in by_header.items():
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            columns = ", ".join("'" + column + "': 'VARCHAR'" for column in header.split(","))
            reads.append(
                "SELECT *, row_number() OVER () AS row_no FROM read_csv([" + listed + "], auto_detect = false, header = true,"
                " delim = ',', quote = '\"', escape = '\"', filename = 'path', columns = {" + columns + "})")
        db.execute(
            "CREATE TEMP VIEW csv_" + table + " AS SELECT file_no, practice_id, csv.* FROM ("
            + " UNION ALL BY NAME ".join(reads) + ") csv JOIN files USING (path)")
    db.execute((HERE / "ingest.sql").read_text())


def fold(db):
    """The current row per key: the last of the newest file, gone where a later window over its day lacks it."""
    for table, key in KEYS.items():
        keys = ", ".join("n." + column for column in key.split(", "))
        db.execute(f"""
            CREATE TEMP TABLE accepted AS
            SELECT t.*, f.is_window FROM '{table}.parquet' t JOIN files f USING (file_no) SEMI JOIN (
              SELECT file_no FROM '{table}.parquet' GROUP BY file_no HAVING count(*) FILTER (NOT ok) * 20 <= count(*)
            ) USING (file_no);
            CREATE TEMP TABLE newest AS
            SELECT * FROM accepted WHERE ok
            QUALIFY row_number() OVER (PARTITION BY place, {key} ORDER BY file_no DESC, row_no DESC) = 1;
            CREATE TEMP TABLE windows AS
            SELECT practice_id, file_no, place, first_day, last_day FROM (
              SELECT file_no, min(day) AS first_day, max(day) AS last_day, unnest(list_distinct(list(place))) AS place
              FROM accepted WHERE ok AND is_window GROUP BY file_no) JOIN files USING (file_no);
            CREATE TEMP TABLE current_{table} AS
            SELECT n.* EXCLUDE (ok, is_window), coalesce(g.is_gone, false) AS is_gone FROM newest n LEFT JOIN (
              SELECT DISTINCT n.place, {keys}, true AS is_gone
              FROM newest n JOIN windows w ON w.place = n.place AND w.file_no > n.file_no
                AND n.day BETWEEN w.first_day AND w.last_day
              ANTI JOIN accepted a ON a.file_no = w.file_no AND a.place = n.place
                AND ({", ".join("a." + c for c in key.split(", "))}) = ({keys})) g
            USING (place, {key});
            DROP TABLE accepted; DROP TABLE newest; DROP TABLE windows""")


def kpis(db):
    for table in LISTS:
        db.execute(f"CREATE TEMP VIEW {table} AS FROM '{table}.parquet'")
    fold(db)
    db.execute((HERE / "kpis.sql").read_text())


def main():
    workspace, as_of, directory = pathlib.Path(sys.argv[1]).absolute(), sys.argv[2], pathlib.Path(sys.argv[3]).absolute()
    stages = sys.argv[4:] or ["ingest", "kpis"]
    directory.mkdir(parents=True, exist_ok=True)
    os.chdir(directory)
    pathlib.Path("kpis.duckdb").unlink(missing_ok=True)
    spent = {}
    with duckdb.connect("kpis.duckdb") as db:
        db.execute("SET TimeZone = 'UTC'")
        configure(db, workspace, as_of)
        for stage in stages:
            before = time.process_time()
            {"ingest": ingest, "kpis": kpis}[stage](db)
            spent[stage] = round(time.process_time() - before, 3)
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
