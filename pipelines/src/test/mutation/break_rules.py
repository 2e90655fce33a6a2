#!/usr/bin/env python3
"""Breaks each rule of rule-breaks.txt in a copy of the repository and expects its tests to fail.

    python3 pipelines/src/test/mutation/break_rules.py [--only WORDS] [--command COMMAND]

Prints one line per rule: killed, SURVIVED, or INVALID where the break no longer applies or does not
compile. Ends with 0 only if every break was killed. COMMAND runs at the root of the copy; it must fail
when a test does.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COMMAND = (
    "mvn -B -ntp -q -pl pipelines -am test -Dtest=TinyMarketsJudgedTest"
    " -Dsurefire.failIfNoSpecifiedTests=false"
)
COPIED = [".mvn", "pom.xml", "warehouse", "jobs", "charts", "pipelines", "docs", "examples"]


def breaks(text):
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield dict(line.split(": ", 1) for line in lines)


def verdict(root, rule, command):
    file = root / rule["file"]
    original = file.read_text(encoding="utf-8") if file.exists() else ""
    if original.count(rule["find"]) != 1:
        return "INVALID", "the text to break does not occur exactly once"
    file.write_text(original.replace(rule["find"], rule["replace"]), encoding="utf-8")
    try:
        run = subprocess.run(
            command, shell=True, cwd=root, capture_output=True, text=True, errors="replace"
        )
    finally:
        file.write_text(original, encoding="utf-8")
    output = run.stdout + run.stderr
    if "COMPILATION ERROR" in output or re.search(r"\.java:\d+: error:", output):
        return "INVALID", "does not compile"
    if run.returncode == 0:
        return "SURVIVED", "no test failed"
    failed = re.search(r"[\w.]+(Test|Check)\b[^\n]*", output)
    return "killed", failed.group(0)[:100] if failed else f"exit code {run.returncode}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", default="", help="only rules that contain these words")
    arguments.add_argument("--command", default=COMMAND)
    given = arguments.parse_args()
    here = pathlib.Path(__file__).resolve()
    repository = here.parents[4]
    rules = [
        rule
        for rule in breaks((here.parent / "rule-breaks.txt").read_text(encoding="utf-8"))
        if given.only in rule["rule"]
    ]
    survivors = 0
    with tempfile.TemporaryDirectory() as directory:
        copy = pathlib.Path(directory) / "copy"
        copy.mkdir()
        for name in COPIED:
            source = repository / name
            if source.is_dir():
                shutil.copytree(source, copy / name)
            elif source.exists():
                shutil.copy(source, copy / name)
        for rule in rules:
            word, why = verdict(copy, rule, given.command)
            survivors += word != "killed"
            print(f"{word:8}  {rule['rule']}  ({why})", flush=True)
    print(f"{len(rules) - survivors} of {len(rules)} killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
