#!/usr/bin/env python3
"""Breaks each rule of rule-breaks.txt in a copy of the repository and expects its tests to fail.

    python3 pipelines/src/test/mutation/break_rules.py [--only WORDS]... [--command COMMAND]

Each test class must pass unbroken first; after that only what a break touches is compiled. Breaks that
show in different KPIs are made together, and each must show in its own. Prints one line per rule:
killed, SURVIVED, or INVALID where the break no longer applies, does not compile or shows in other KPIs
too. Ends with 0 only if every break was killed. COMMAND runs at the root of the copy with {module} and
{test} filled in; it must fail when a test does.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

# Without the incremental module detection of the compiler plugin only changed files are compiled; a
# break changes no signature. The quick compiler of the virtual machine is enough for tiny markets.
COMMAND = (
    "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1"
    " mvn -B -ntp -q -o -P full -pl {module} -am test -Dtest={test} -Dsurefire.failIfNoSpecifiedTests=false"
    " -Dmaven.compiler.useIncrementalCompilation=false -Dspotless.check.skip -Denforcer.skip"
)
JUDGE = "TinyMarketsJudgedTest#everyNumberOfWeeksFromSundayEqualsTheJudges"
COPIED = [".mvn", "pom.xml", "warehouse", "jobs", "charts", "pipelines", "docs", "examples"]


def breaks(text):
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield dict(line.split(": ", 1) for line in lines)


def shows(rule):
    return set(rule["shows"].split(", ")) if "shows" in rule else set()


def together(rules):
    """Breaks that show in KPIs of their own, group by group; every other break by itself."""
    groups = []
    for rule in rules:
        free = (
            group
            for group in groups
            if shows(rule)
            and all(shows(r) and not shows(r) & shows(rule) for r in group)
            and group[0].get("test") == rule.get("test")
        )
        group = next(free, None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return groups


def module_of(root, test):
    """The module whose tests hold the class, of which one method may be named after a #."""
    name = test.split("#")[0]
    found = [f for at in ("", "examples/") for f in root.glob(f"{at}*/src/test/java/**/{name}.java")]
    if len(found) != 1:
        raise SystemExit(f"{name} is the name of {len(found)} test classes, expected one")
    path = found[0].relative_to(root).as_posix()
    return path[: path.index("/src/test/java/")]


def run(root, command, test):
    """Whether the test passed, and what was told."""
    result = subprocess.run(
        command.format(module=module_of(root, test), test=test),
        shell=True,
        cwd=root,
        capture_output=True,
        text=True,
        errors="replace",
    )
    return result.returncode == 0, result.stdout + result.stderr


def broken(root, rules, command, test):
    """The same with all these rules broken; no answer where one does not apply."""
    originals = {}
    try:
        for rule in rules:
            file = root / rule["file"]
            text = file.read_text(encoding="utf-8")
            originals.setdefault(file, text)
            if text.count(rule["find"]) != 1:
                return None
            file.write_text(text.replace(rule["find"], rule["replace"]), encoding="utf-8")
        return run(root, command, test)
    finally:
        for file, text in originals.items():
            file.write_text(text, encoding="utf-8")


def verdicts(root, rules, command):
    test = rules[0].get("test", JUDGE)
    answer = broken(root, rules, command, test)
    # The judge tells KPI, period and grain of what differs, and in how many rows.
    told = answer and set(re.findall(r"([a-z_0-9]+)\|(?:week|day)\|[a-z]+: \d+", answer[1]))
    if len(rules) > 1 and not told and not (answer and answer[0]):
        # Together they did not come as far as numbers, or one does not apply beside another.
        half = len(rules) // 2
        yield from verdicts(root, rules[:half], command)
        yield from verdicts(root, rules[half:], command)
        return
    others = sorted((told or set()) - set().union(*map(shows, rules)))
    for rule in rules:
        if answer is None:
            yield rule, "INVALID", "the text to break does not occur exactly once"
        elif answer[0]:
            yield rule, "SURVIVED", f"{test} passed"
        elif shows(rule) and told:
            seen = sorted(shows(rule) & told)
            if not seen:
                yield rule, "SURVIVED", "nothing differs in " + rule["shows"]
            elif others:
                yield rule, "INVALID", ", ".join(seen) + " and undeclared " + ", ".join(others)
            else:
                yield rule, "killed", ", ".join(seen)
        # Only the named test kills: a build that fails for another reason shows nothing.
        elif re.search(r"<<< (FAILURE|ERROR)!.*\b" + test.split("#")[0] + r"\b", answer[1]):
            yield rule, "killed", test
        else:
            errors = [line for line in answer[1].splitlines() if "ERROR" in line]
            yield rule, "INVALID", (errors or ["the build fails"])[0][:160]


def copy_of(repository, directory):
    copy = pathlib.Path(directory) / "copy"
    copy.mkdir()
    for name in COPIED:
        source = repository / name
        if source.is_dir():
            # Built classes come along, older than what will be broken.
            shutil.copytree(source, copy / name)
        elif source.exists():
            shutil.copy2(source, copy / name)
    return copy


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--only", action="append", default=[], help="only rules that contain these words"
    )
    arguments.add_argument("--command", default=COMMAND)
    given = arguments.parse_args()
    here = pathlib.Path(__file__).resolve()
    repository = here.parents[4]
    rules = [
        rule
        for rule in breaks((here.parent / "rule-breaks.txt").read_text(encoding="utf-8"))
        if not given.only or any(words in rule["rule"] for words in given.only)
    ]
    survivors = 0
    with tempfile.TemporaryDirectory() as directory:
        copy = copy_of(repository, directory)
        able = set()
        for group in sorted(together(rules), key=len, reverse=True):
            test = group[0].get("test", JUDGE)
            # One method is enough to know that a class of tests can pass.
            if test.split("#")[0] not in able:
                passed, output = run(copy, given.command, test)
                if not passed:
                    print(f"{test} fails before anything is broken:", file=sys.stderr)
                    print(output[-4000:], file=sys.stderr)
                    return 2
                able.add(test.split("#")[0])
            began = time.monotonic()
            for rule, word, why in verdicts(copy, group, given.command):
                survivors += word != "killed"
                print(f"{word:8}  {rule['rule']}  ({why})", flush=True)
            print(f"          # {round(time.monotonic() - began)} s", flush=True)
    print(f"{len(rules) - survivors} of {len(rules)} killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
