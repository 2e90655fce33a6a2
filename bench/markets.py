"""Made-up markets of each size, cut into all weeks but the last and one more delivery with the last."""

import csv
import datetime
import os
import pathlib
import shutil
import subprocess

import yaml

ROOT = pathlib.Path(__file__).parent.parent
UNTIL = datetime.date(2026, 11, 16)
WEEK_BEFORE = UNTIL - datetime.timedelta(days=7)
# A weekly delivery repeats the two weeks before, as exports do.
DELIVERED_FROM = WEEK_BEFORE - datetime.timedelta(days=14)

# Size of `medspa demo`; of the small one a location and its last two weeks are kept.
SIZES = {"small": "TINY", "demo": "SMALL", "middle": "TRIPLE", "large": "MEDIUM"}
SMALL_LOCATION = "magnolia-atlanta"

DAYS = {
    "appointments": "start_at", "shifts": "start_at", "timecards": "clock_in_at", "sale_lines": "sold_at",
    "payments": "paid_at", "stock_movements": "moved_at", "stock_counts": "counted_at"}


class Market:
    """A workspace with all weeks but the last, and a folder with the files of the last week's delivery."""

    def __init__(self, name, directory):
        self.base = directory / (name + "-base")
        self.week = directory / (name + "-week")
        if not (self.week / "complete").exists():
            self._make(name, directory / (name + "-whole"))

    def _make(self, name, whole):
        for path in (whole, self.base, self.week):
            shutil.rmtree(path, ignore_errors=True)
        subprocess.run(
            [ROOT / "medspa", "demo", "--quiet", "--exports-only", "--built-in-format", "--size", SIZES[name],
             "--until", str(UNTIL), whole], check=True)
        market = yaml.load((whole / "medspa.yaml").read_text(), Loader=yaml.CSafeLoader)
        since = datetime.date.min
        if name == "small":
            since = WEEK_BEFORE - datetime.timedelta(days=7)
            keep_one(market)
        self.base.mkdir()
        (self.base / "medspa.yaml").write_text(yaml.safe_dump(market, sort_keys=False))
        shutil.copy2(whole / "pseudonym.key", self.base)
        for source in market["sources"]:
            for path in whole.glob(source["from"]):
                self._cut(path, path.relative_to(whole), source["table"], name == "small", since)
        shutil.rmtree(whole)
        (self.week / "complete").touch()

    def _cut(self, path, name, table, one_location, since):
        """The last file of a source becomes two: without the last week, and the delivery of the last week."""
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = list(csv.reader(file))
        if one_location and "location_id" in header:
            rows = [row for row in rows if row[header.index("location_id")] == SMALL_LOCATION]
        time = path.stat().st_mtime
        if table not in DAYS:
            write(self.base / name, header, rows, time)
            return
        day = header.index(DAYS[table])
        before = [row for row in rows if str(since) <= row[day][:10] < str(WEEK_BEFORE)]
        is_last = str(UNTIL) in name.name
        write(self.base / name, header, before if is_last or one_location else [r for r in rows if str(since) <= r[day][:10]],
              time - 7 * 86400 if is_last else time)
        if is_last:
            new = [row for row in rows if row[day][:10] >= str(max(since, DELIVERED_FROM))]
            write(self.week / name.with_stem(name.stem + "-week"), header, new, time)

    def deliver(self, workspace):
        """Lays the last week's delivery into a copy of the workspace."""
        shutil.copytree(self.week / "exports", workspace / "exports", dirs_exist_ok=True)


def write(path, header, rows, time):
    if rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
        os.utime(path, (time, time))


def keep_one(market):
    """Only one location, its practice and its sources."""
    market["practices"] = [p for p in market["practices"] if any(x["id"] == SMALL_LOCATION for x in p["locations"])]
    practice = market["practices"][0]
    practice["locations"] = [x for x in practice["locations"] if x["id"] == SMALL_LOCATION]
    market["sources"] = [s for s in market["sources"] if s["practice"] == practice["id"]]
    for consultant in market.get("consultants", ()):
        consultant["practices"] = [practice["id"]]
    market["shift_templates"] = [t for t in market.get("shift_templates") or () if t["location"] == SMALL_LOCATION]
    for key in ("identities", "shift_templates"):
        if not market.get(key):
            market.pop(key, None)
