"""One run of a program, measured by the operating system: processor seconds, wall, memory; and where Java spent its time."""

import collections
import json
import os
import pathlib
import subprocess
import tempfile
import time


def run(command, environment=None):
    """Runs to the end; fails with the program's own words. Gives the figures and the last line that was printed."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as words:
        begun = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=words, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        words.seek(0)
        # 3 is data refused and the rest done.
        if process.returncode not in (0, 3):
            raise SystemExit(" ".join(map(str, command)) + " failed:\n" + words.read().decode()[-2000:])
        lines = output.read().decode().strip().splitlines()
    figures = {
        "cpu": round(usage.ru_utime + usage.ru_stime, 2), "wall": round(wall, 2), "peak_mb": round(usage.ru_maxrss / 1024)}
    return figures, lines[-1] if lines else ""


def bytes_below(*paths):
    return sum(f.stat().st_size for path in paths for f in ([path] if path.is_file() else path.rglob("*")) if f.is_file())


# Whose code a sample was in: the first frame from the innermost that one of these begins.
ROOMS = (
    ("medspa.", 3), ("org.apache.spark", 4), ("org.duckdb", 2), ("org.apache.parquet", 3), ("org.apache.hadoop", 3),
    ("com.fasterxml.jackson", 3), ("org.yaml.snakeyaml", 3), ("org.codehaus.janino", 3), ("org.codehaus.commons", 3),
    ("com.openhtmltopdf", 2), ("org.apache.pdfbox", 3), ("org.jfree", 2), ("scala.", 2), ("jdk.internal.loader", 3),
    ("java.lang.invoke", 3), ("java.util.zip", 3), ("sun.java2d", 2))


def profile(recording):
    """Shares of the samples by whose code they were in, and seconds of compiling and of collecting garbage."""
    events = subprocess.run(
        ["jfr", "print", "--json", "--stack-depth", "64", "--events",
         "jdk.ExecutionSample,jdk.NativeMethodSample,jdk.CompilerStatistics,jdk.GarbageCollection,jdk.ClassLoadingStatistics",
         recording], check=True, capture_output=True).stdout
    rooms, seconds, classes = collections.Counter(), collections.Counter(), 0
    for event in json.loads(events)["recording"]["events"]:
        values = event["values"]
        if event["type"] in ("jdk.ExecutionSample", "jdk.NativeMethodSample"):
            room = room_of(values)
            if room:
                rooms[room] += 1
        elif event["type"] == "jdk.CompilerStatistics":
            # What it has been since the start: single methods are recorded only where one takes long.
            seconds["compiling"] = max(seconds["compiling"], iso_seconds(values["totalTimeSpent"]))
        elif event["type"] == "jdk.GarbageCollection":
            seconds["collecting garbage"] += iso_seconds(values["sumOfPauses"])
        else:
            classes = max(classes, values["loadedClassCount"])
    total = sum(rooms.values()) or 1
    return {
        "samples": sum(rooms.values()),
        "rooms": [[room, round(count / total, 3)] for room, count in rooms.most_common(15)],
        "compiling_seconds": round(seconds["compiling"], 1),
        "garbage_seconds": round(seconds["collecting garbage"], 1),
        "classes": classes}


def room_of(values):
    frames = (values.get("stackTrace") or {}).get("frames", [])
    names = [frame["method"]["type"]["name"].replace("/", ".") for frame in frames]
    # A thread that waits inside a system call is sampled, too.
    if names and names[0].startswith(("sun.nio.ch", "java.net", "io.netty.channel.epoll", "jdk.internal.misc.Unsafe", "java.lang.ProcessImpl")):
        return None
    for name in names:
        for prefix, depth in ROOMS:
            if name.startswith(prefix):
                return ".".join(name.split(".")[:depth])
    return "other" if names else None


def iso_seconds(text):
    """JFR writes durations as PT0.012S, or PT1M2.5S."""
    minutes, _, seconds = text.removeprefix("PT").rpartition("M")
    return 60 * float(minutes or 0) + float(seconds.removesuffix("S") or 0)


def recording_options(path):
    return {"MEDSPA_JAVA_OPTS": f"{os.environ.get('MEDSPA_JAVA_OPTS', '')} -XX:StartFlightRecording=filename={path},settings=profile -Xlog:jfr*=off"}
