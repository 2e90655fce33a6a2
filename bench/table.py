"""Results as a Markdown table and a chart."""

PROGRAMS = (("medspa", "Medspa Analytics"), ("duckdb", "DuckDB"), ("polars", "Polars, typing only"))
PARTS = (("all", "all weeks but one"), ("week", "one more week"))
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"


def markdown(results):
    machine = results["machine"]
    lines = [
        f"Measured on {machine['processors']} processors ({machine['processor'] or 'unknown'}), {machine['memory_gb']} GB, {machine['java']},"
        f" DuckDB {machine['duckdb']}, Polars {machine['polars']}; the load when it began was {machine['load_at_start']}.", "",
        "| size | what | rows | program | CPU s | least to most | wall s | peak MB | CPU s per M rows | MB written | by stage, CPU s |",
        "|---|---|---:|---|---:|---|---:|---:|---:|---:|---|"]
    for size, parts in results["sizes"].items():
        for part, what in PARTS:
            figures = parts[part]
            for program, name in PROGRAMS:
                run = figures[program]
                stages = " · ".join(f"{stage} {seconds:.1f}" for stage, seconds in run.get("stages", {}).items())
                lines.append(
                    f"| {size} | {what} | {figures['rows']:,} | {name} | {run['cpu']:.1f} | {run['cpu_least']:.1f} to {run['cpu_most']:.1f} |"
                    f" {run['wall']:.1f} | {run['peak_mb']:,} | {run['cpu'] / figures['rows'] * 1e6:,.0f} | {run['bytes'] / 1e6:.1f} | {stages} |")
    lines.append("")
    for size, parts in results["sizes"].items():
        whole, week = parts["all"], parts["week"]
        lines.append(
            f"- {size}: {len(whole['equal']['kpis'])} KPIs, {whole['equal']['rows']:,} and {week['equal']['rows']:,} rows of them equal;"
            f" {whole['medspa']['cpu'] / whole['duckdb']['cpu']:.1f} times DuckDB's CPU;"
            f" one more week costs {week['medspa']['cpu'] / whole['medspa']['cpu']:.2f} of all weeks.")
    lines.append("- Not in the DuckDB program: " + ", ".join(results["missing"]) + ".")
    return "\n".join(lines) + "\n"


def profile(name, steps):
    lines = [f"{name}, by step:"]
    for step, figures in steps.items():
        lines.append(
            f"  {step}: {figures['cpu']:.1f} CPU s, {figures['wall']:.1f} s, {figures['peak_mb']} MB; compiling {figures['compiling_seconds']} s,"
            f" garbage {figures['garbage_seconds']} s, {figures['classes']:,} classes; {figures['samples']:,} samples, of which in")
        lines += [f"    {share:6.1%} {room}" for room, share in figures["rooms"]]
        lines.append(f"    all of it: {figures['recording']}")
    return "\n".join(lines)


def chart(results):
    """Processor seconds of each size, a bar for each program and part, to one scale within a size."""
    bars, y = [], 34
    colours = {"medspa": "#2f6f8f", "duckdb": "#c98a2b", "polars": "#8a8f94"}
    for size, parts in results["sizes"].items():
        most = max(parts[part][program]["cpu"] for part, _ in PARTS for program, _ in PROGRAMS)
        bars.append(f'<text x="10" y="{y}" font-weight="bold">{size}, {parts["all"]["rows"]:,} rows</text>')
        y += 10
        for part, what in PARTS:
            for program, name in PROGRAMS:
                cpu = parts[part][program]["cpu"]
                width = max(1, round(420 * cpu / most))
                bars.append(
                    f'<text x="10" y="{y + 12}">{what}: {name}</text><rect x="260" y="{y}" width="{width}" height="15" fill="{colours[program]}"/>'
                    f'<text x="{266 + width}" y="{y + 12}">{cpu:.1f}</text>')
                y += 20
        y += 26
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 {y - 10}" font-family="sans-serif" font-size="12" role="img">'
        "<title>Processor seconds by size and program</title>"
        f'<rect width="740" height="{y - 10}" fill="#ffffff"/>' + "".join(bars) + "</svg>\n")


def document(results, docs):
    (docs / "benchmark.svg").write_text(chart(results))
    page = docs / "benchmark.md"
    text = page.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + "\n" + markdown(results) + END + after)
