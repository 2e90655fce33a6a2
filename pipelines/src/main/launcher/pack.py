"""Packs the distribution: medspa-VERSION.tar.gz, with which a machine that has a Java runtime has everything.

    python3 pack.py VERSION TARGET CLASSPATH ARCHIVE

TARGET is the folder that the pipelines were built in, CLASSPATH the file that names the jars in their order, with @lib@ for their folder.
The same files give the same bytes: names are sorted, and times and owners are not those of the build.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

# 2026-01-01, as in the jars.
TIME = 1767225600
ROOT = Path(__file__).resolve().parents[4]
LAUNCHER = Path(__file__).resolve().parent
# What is read and used beside the program, at the same places as in the repository, so that links between pages hold.
FOLDERS = ("docs", "examples/salon", "examples/service", "pipelines/airflow")
FILES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE")
LEFT_OUT = {"__pycache__", "test", ".venv"}


def contents(target: Path, classpath: str) -> dict[str, bytes | Path]:
    """Every file of the distribution by its name in it."""
    files: dict[str, bytes | Path] = {"medspa": LAUNCHER / "medspa", "lib/launch": LAUNCHER / "launch"}
    files["lib/medspa-pipelines.jar"] = target / "medspa-pipelines.jar"
    files["lib/driver-duckdb.jar"] = target / "duckdb/driver-duckdb.jar"
    # Beside its jar and not in it, DuckDB's library need not be copied each time a command starts.
    with zipfile.ZipFile(next((target / "dist-lib").glob("duckdb_jdbc-*.jar"))) as jar:
        for name in jar.namelist():
            if name.startswith("libduckdb_java.so_") and "windows" not in name:
                files[f"lib/{name}"] = jar.read(name)
    names = [Path(jar).name for jar in classpath.strip().split(":")]
    if len(set(names)) != len(names):
        sys.exit(f"two jars have one name: {sorted(name for name in names if names.count(name) > 1)}")
    for name in names:
        files[f"lib/{name}"] = target / "dist-lib" / name
    order = ["medspa-pipelines.jar", "driver-duckdb.jar", *names]
    files["lib/classpath"] = ":".join(f"@lib@/{name}" for name in order).encode() + b"\n"
    for kind in ("json", "xml"):
        files[f"sbom/medspa.cdx.{kind}"] = target / f"medspa.cdx.{kind}"
    for name in FILES:
        files[name] = ROOT / name
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT)
            if path.is_file() and not LEFT_OUT.intersection(inside.parts):
                files[inside.as_posix()] = path
    return files


def main(version: str, target: Path, classpath: Path, archive: Path) -> None:
    top = f"medspa-{version}"
    files = contents(target, classpath.read_text())
    missing = [str(path) for path in files.values() if isinstance(path, Path) and not path.is_file()]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}")
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(archive.name + ".part")
    sums = []
    with part.open("wb") as out, gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=TIME, compresslevel=6) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:

            def add(name: str, content: bytes, mode: int) -> None:
                entry = tarfile.TarInfo(f"{top}/{name}")
                entry.size, entry.mtime, entry.mode = len(content), TIME, mode
                tar.addfile(entry, io.BytesIO(content))

            for name in sorted(files):
                content = files[name].read_bytes() if isinstance(files[name], Path) else files[name]
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
                executable = isinstance(files[name], Path) and files[name].stat().st_mode & 0o100
                add(name, content, 0o755 if executable else 0o644)
            add("SHA256SUMS", "".join(sums).encode(), 0o644)
    part.replace(archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(f"{digest}  {archive.name}\n")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(sys.argv[1], *(Path(argument) for argument in sys.argv[2:]))
