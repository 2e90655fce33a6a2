"""CSV into typed Parquet by Polars: the tables of facts, as `ingest.sql` types them, without the checks of each row.

Usage: polars_peer.py WORKSPACE DIRECTORY.
"""

import pathlib
import sys

import polars as pl
import yaml

INSTANTS = {
    "appointments": {"start_at": "starts", "end_at": "ends", "cancelled_at": "cancelled", "booked_at": "booked",
                     "checked_in_at": "checked_in", "started_at": "started", "finished_at": "finished"},
    "shifts": {"start_at": "starts", "end_at": "ends"},
    "timecards": {"clock_in_at": "starts", "clock_out_at": "ends"},
    "sale_lines": {"sold_at": "sold"},
    "payments": {"paid_at": "paid"},
    "stock_movements": {"moved_at": "moved"},
    "stock_counts": {"counted_at": "counted"},
}
AMOUNTS = {
    "sale_lines": {"quantity": "pieces", "gross_amount": "gross", "discount_amount": "discount", "tax_amount": "tax"},
    "payments": {"amount": "money"},
    "stock_movements": {"quantity": "pieces", "unit_cost": "cost", "freight_amount": "freight"},
    "stock_counts": {"quantity": "pieces"},
}


def instant(text, zones):
    """With its offset as it stands; else the local time of its location, the first of two."""
    far = pl.col(text).str.to_datetime("%Y-%m-%dT%H:%M%z", time_unit="us", strict=False).dt.convert_time_zone("UTC")
    near = pl.col(text).str.to_datetime("%Y-%m-%dT%H:%M", time_unit="us", strict=False)
    by_zone = pl.lit(None, dtype=pl.Datetime("us", "UTC"))
    for zone in zones:
        local = near.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
        by_zone = pl.when(pl.col("zone") == zone).then(local).otherwise(by_zone)
    return pl.coalesce(far, by_zone)


def main():
    workspace, directory = pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2]).absolute()
    directory.mkdir(parents=True, exist_ok=True)
    market = yaml.load((workspace / "medspa.yaml").read_text(), Loader=yaml.CSafeLoader)
    places = pl.DataFrame(
        [(practice["id"], place["id"], place["time_zone"]) for practice in market["practices"] for place in practice["locations"]],
        schema=["practice_id", "location_id", "zone"], orient="row").lazy()
    zones = sorted({place["time_zone"] for practice in market["practices"] for place in practice["locations"]})
    for table, instants in INSTANTS.items():
        alike = {}
        for source in market["sources"]:
            if source["table"] == table:
                for path in workspace.glob(source["from"]):
                    with path.open(encoding="utf-8") as file:
                        alike.setdefault((source["practice"], file.readline().strip()), []).append(path)
        parts = []
        for (practice, header), paths in alike.items():
            part = pl.scan_csv(paths, schema={name: pl.String for name in header.split(",")})
            part = part.with_columns(pl.lit(practice).alias("practice_id")).join(places, on=["practice_id", "location_id"], how="left")
            lacking = [pl.lit(None, dtype=pl.String).alias(text) for text in instants if text not in header.split(",")]
            amounts = AMOUNTS.get(table, {}).items()
            parts.append(
                part.with_columns(lacking)
                .with_columns([instant(text, zones).alias(name) for text, name in instants.items()])
                .with_columns([pl.col(text).cast(pl.Decimal(18, 4), strict=False).alias(name) for text, name in amounts]))
        if not parts:
            continue
        pl.concat(parts, how="diagonal").sink_parquet(directory / (table + ".parquet"))


if __name__ == "__main__":
    main()
