"""Medspa beside DuckDB and Polars on the same files. Usage: bench/run [--help]."""

import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

import duckdb
import polars

import equality
import markets
import measure
import table

ROOT = markets.ROOT
TARGET = ROOT / "bench" / "target"
PEERS = ROOT / "bench" / "peer"


def medspa(workspace, as_of):
    figures, line = measure.run([ROOT / "medspa", "run", "-q", "--json", "-w", workspace, "--as-of", as_of])
    figures["stages"] = json.loads(line)["cpu_seconds"]
    figures["bytes"] = measure.bytes_below(workspace / "lake", workspace / "warehouse")
    return figures


def duckdb_peer(workspace, as_of, directory):
    shutil.rmtree(directory, ignore_errors=True)
    figures, line = measure.run([sys.executable, "-B", PEERS / "duckdb_peer.py", workspace, as_of, directory])
    figures["stages"] = json.loads(line)
    figures["bytes"] = measure.bytes_below(directory)
    return figures


def polars_peer(workspace, directory):
    shutil.rmtree(directory, ignore_errors=True)
    figures, _ = measure.run([sys.executable, "-B", PEERS / "polars_peer.py", workspace, directory])
    figures["bytes"] = measure.bytes_below(directory)
    return figures


def rows_of(workspace):
    return sum(path.read_bytes().count(b"\n") - 1 for path in (workspace / "exports").rglob("*.csv"))


def check_equal(workspace, directory, what):
    rows, differing, unnamed, kpis = equality.differences(workspace / "warehouse" / "medspa.duckdb", directory / "kpis.duckdb")
    if differing or unnamed or not rows:
        lines = [f"  {kpi} by {grain}: {count} rows differ, such as {key}" for kpi, grain, count, key in differing]
        lines += [f"  {kpi}: only the warehouse has it" for kpi in unnamed]
        raise SystemExit(f"No time is shown, because the results differ ({what}):\n" + "\n".join(lines))
    return {"rows": rows, "kpis": kpis}


def once(market, name, directory):
    """Each program on all weeks but the last, then on one more; the results are compared before the figures count."""
    workspace, peer, typed = directory / f"{name}-workspace", directory / f"{name}-duckdb", directory / f"{name}-polars"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(market.base, workspace)
    figures = {}
    for part, as_of in (("all", markets.WEEK_BEFORE), ("week", markets.UNTIL)):
        if part == "week":
            market.deliver(workspace)
        figures[part] = {
            "rows": rows_of(workspace),
            "export_bytes": measure.bytes_below(workspace / "exports"),
            "medspa": medspa(workspace, as_of),
            "duckdb": duckdb_peer(workspace, as_of, peer),
            "polars": polars_peer(workspace, typed),
            "equal": check_equal(workspace, peer, f"{name}, as of {as_of}")}
        equality.same_typing(peer, typed)
    return figures


def profiled(market, name, directory):
    """Each step in a process of its own with a flight recording."""
    workspace = directory / f"{name}-profiled"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(market.base, workspace)
    steps = {}
    for step, options in (("ingest", []), ("compute", ["--as-of", markets.WEEK_BEFORE]), ("publish", []), ("report", [])):
        recording = directory / f"{name}-{step}.jfr"
        figures, _ = measure.run(
            [ROOT / "medspa", step, "-q", "-w", workspace, *options], measure.recording_options(recording))
        steps[step] = {**figures, **measure.profile(recording), "recording": str(recording)}
    return steps


def median(runs):
    """The run whose processor time is the median one, of each program and part, with the least and the most."""
    result = {}
    for part in ("all", "week"):
        result[part] = {key: runs[-1][part][key] for key in ("rows", "export_bytes", "equal")}
        for program in ("medspa", "duckdb", "polars"):
            ordered = sorted((run[part][program] for run in runs), key=lambda figures: figures["cpu"])
            middle = ordered[(len(ordered) - 1) // 2]
            result[part][program] = {**middle, "cpu_least": ordered[0]["cpu"], "cpu_most": ordered[-1]["cpu"]}
    return result


def machine():
    names = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")] \
        if pathlib.Path("/proc/cpuinfo").exists() else []
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()
    return {
        "processors": os.cpu_count(), "processor": names[0] if names else platform.processor(), "system": platform.system(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load_at_start": round(os.getloadavg()[0], 1), "java": java[0] if java else "",
        "duckdb": duckdb.__version__, "polars": polars.__version__}


def main():
    options = argparse.ArgumentParser(description="What a week costs, beside DuckDB and Polars doing the same.")
    options.add_argument("--sizes", default="small,demo", help="of small, demo, middle and large, the last for the long form (default: %(default)s)")
    options.add_argument("--repeat", type=int, default=3, help="how often the programs run in turn (default: %(default)s)")
    options.add_argument("--profile", action="store_true", help="instead, say where the time of each step goes, from flight recordings")
    options.add_argument("--directory", type=pathlib.Path, default=TARGET / "markets", help="where markets and results are (default: %(default)s)")
    options.add_argument("--document", action="store_true", help="also write table and chart into docs/benchmark.md")
    chosen = options.parse_args()
    sizes = chosen.sizes.split(",")
    for name in sizes:
        if name not in markets.SIZES:
            options.error(f"{name} is no size; there are {', '.join(markets.SIZES)}")
    chosen.directory.mkdir(parents=True, exist_ok=True)
    results = {"machine": machine(), "missing": list(equality.MISSING), "sizes": {}}
    for name in sizes:
        market = markets.Market(name, chosen.directory)
        if chosen.profile:
            results["sizes"][name] = profiled(market, name, chosen.directory)
            print(table.profile(name, results["sizes"][name]))
        else:
            runs = []
            for turn in range(chosen.repeat):
                print(f"{name}: turn {turn + 1} of {chosen.repeat}", file=sys.stderr)
                runs.append(once(market, name, chosen.directory))
            results["sizes"][name] = median(runs)
        kind = "profile" if chosen.profile else "results"
        (TARGET / f"{kind}.json").write_text(json.dumps(results, indent=1) + "\n")
    if not chosen.profile:
        text = table.markdown(results)
        (TARGET / "results.md").write_text(text)
        print(text)
        if chosen.document:
            table.document(results, ROOT / "docs")


if __name__ == "__main__":
    main()
