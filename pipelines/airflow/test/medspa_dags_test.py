"""What the DAGs do with each answer of the medspa command, as a real Airflow runs them with `dags test`.

Every case has a fresh Airflow home with a migrated SQLite database, and looks into that database for how the run ended.
Started by `run` beside this file; with MEDSPA_E2E_WORKSPACE also against the real command (README.md).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import NamedTuple

import yaml

HERE = Path(__file__).resolve().parent
DAGS = HERE.parent / "dags"
REPOSITORY = HERE.parents[2]
STEPS = ("pull", "ingest", "compute", "publish", "report", "deliver")
DAILY_STEPS = STEPS[:-1]
MONDAY = "2026-06-01T12:00:00+00:00"

SUCCESS, FAILED, SKIPPED, NOT_REACHED = "success", "failed", "skipped", "upstream_failed"


class Run(NamedTuple):
    """How one `dags test` ended: exit code of the command, state of the run, state and tries of each task, and the log."""

    exit_code: int
    state: str
    tasks: dict[str, str]
    tries: dict[str, int]
    log: str


class Airflow:
    """An Airflow home of its own for one case; nothing of the caller's Airflow or DAG settings reaches it."""

    def __init__(self, directory: Path, dags: Path = DAGS, settings: dict[str, str] | None = None):
        self.database = directory / "airflow.db"
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("AIRFLOW") and (not name.startswith("MEDSPA_") or name == "MEDSPA_PSEUDONYM_KEY")
        }
        self.environment = {
            **inherited,
            "AIRFLOW_HOME": str(directory),
            "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.database}",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(directory / "logs"),
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "PYTHONDONTWRITEBYTECODE": "1",
            **(settings or {}),
        }

    def command(self, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).with_name("airflow")), *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def migrate(self) -> None:
        done = self.command("db", "migrate")
        if done.returncode != 0:
            raise RuntimeError(f"airflow db migrate failed:\n{done.stdout}{done.stderr}")

    def query(self, sql: str) -> list[tuple]:
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def test_dag(
        self, date: str = MONDAY, conf: dict | None = None, timeout: float = 300, dag_id: str = "medspa_weekly"
    ) -> Run:
        arguments = ["dags", "test", dag_id, date]
        if conf is not None:
            arguments += ["--conf", json.dumps(conf)]
        done = self.command(*arguments, timeout=timeout)
        log = done.stdout + done.stderr
        runs = self.query(f"select state from dag_run where dag_id = '{dag_id}'")
        if len(runs) != 1:
            raise AssertionError(f"{len(runs)} runs in the database instead of one:\n{log}")
        instances = self.query(f"select task_id, state, try_number from task_instance where dag_id = '{dag_id}'")
        return Run(
            exit_code=done.returncode,
            state=runs[0][0],
            tasks={task: state for task, state, _ in instances},
            tries={task: tries for task, _, tries in instances},
            log=log,
        )


class Case(unittest.TestCase):
    """A case with a fresh copy of one migrated, empty Airflow database."""

    migrated: Path

    def setUp(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="medspa-airflow-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def airflow(self, dags: Path = DAGS, settings: dict[str, str] | None = None) -> Airflow:
        home = self.directory / "airflow"
        home.mkdir()
        shutil.copy(self.migrated, home)
        return Airflow(home, dags, settings)

    steps = STEPS

    def assert_ended(self, run: Run, state: str, **tasks: str) -> None:
        """The run ended so, in the database and in the exit code; tasks that are not named were successful."""
        expected = {task: tasks.get(task, SUCCESS) for task in (*self.steps, "all_data_accepted")}
        self.assertEqual((run.state, run.tasks), (state, expected), run.log)
        self.assertEqual(run.exit_code == 0, state == SUCCESS, run.log)


class TheFolderOfDags(Case):
    """`airflow dags list` and `list-import-errors`, and that both can tell good from bad."""

    def parsed(self, dags: Path, **settings: str) -> tuple[list[str], int]:
        """Ids of the DAGs of a folder, and how many of its files cannot be imported."""
        airflow = self.airflow(dags, settings)
        ids, errors = (
            # Warnings share standard output with the JSON, which is its last line.
            json.loads(airflow.command("dags", command, "--local", "-o", "json").stdout.splitlines()[-1])
            for command in ("list", "list-import-errors")
        )
        return sorted(dag["dag_id"] for dag in ids), len(errors)

    def test_has_exactly_two_dags_and_no_import_errors(self):
        self.assertEqual(self.parsed(DAGS), (["medspa_daily", "medspa_weekly"], 0))

    def test_is_seen_to_be_empty_when_it_is(self):
        folder = self.directory / "dags"
        folder.mkdir()
        self.assertEqual(self.parsed(folder), ([], 0))

    def test_is_seen_to_be_broken_when_a_setting_makes_no_sense(self):
        self.assertEqual(self.parsed(DAGS, MEDSPA_TIMEZONE="America/Nowhere"), ([], 2))

    def facts(self, dag_id: str) -> list:
        """Schedule, zone, catch-up, runs at a time, retries and time-out of a DAG, and whether it says how it is re-run."""
        airflow = self.airflow()
        code = (
            "import json, sys; from airflow.dag_processing.dagbag import DagBag\n"
            "dag = DagBag(sys.argv[1]).dags[sys.argv[2]]; ingest = dag.task_dict['ingest']\n"
            "print(json.dumps([dag.timetable.expression, str(dag.timetable.timezone), dag.catchup, dag.max_active_runs,"
            " ingest.retries, ingest.retry_delay.total_seconds(), ingest.retry_exponential_backoff,"
            " ingest.execution_timeout.total_seconds(), dag.doc_md]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(DAGS), dag_id],
            env=airflow.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def test_gives_a_weekly_schedule_that_catches_nothing_up_and_runs_one_at_a_time(self):
        *facts, documentation = self.facts("medspa_weekly")
        self.assertEqual(facts, ["0 5 * * 1", "America/Los_Angeles", False, 1, 4, 300, 2, 10800])
        self.assertIn("How it is re-run", documentation)

    def test_gives_a_daily_schedule_that_does_the_same_each_morning(self):
        *facts, documentation = self.facts("medspa_daily")
        self.assertEqual(facts, ["0 4 * * *", "America/Los_Angeles", False, 1, 4, 300, 2, 10800])
        self.assertIn("The daily run of one workspace", documentation)


class PlannedCase(Case):
    """A case whose medspa command answers as the test planned."""

    def planned(self, plan: dict[str, list], **settings: str) -> Airflow:
        """An Airflow whose medspa command answers with the planned exit codes, call by call, 0 when none is planned."""
        (self.directory / "plan.json").write_text(json.dumps(plan))
        return self.airflow(
            settings={
                "FAKE_MEDSPA": str(self.directory),
                "MEDSPA_LAUNCHER": str(HERE / "fake_medspa"),
                "MEDSPA_WORKSPACE": str(self.directory / "a workspace"),
                "MEDSPA_RETRY_DELAY_SECONDS": "1",
                **settings,
            }
        )

    def calls(self) -> list[list[str]]:
        log = self.directory / "calls.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def commands(self) -> list[str]:
        return [call[0] for call in self.calls()]

    def dates(self) -> list[str]:
        return [call[4] for call in self.calls() if call[0] == "compute"]


class TheWeeklyRun(PlannedCase):
    """Each answer of a command that is planned by the test."""

    def test_calls_the_steps_in_order_with_their_arguments(self):
        run = self.planned({}).test_dag()
        self.assert_ended(run, SUCCESS)
        workspace = str(self.directory / "a workspace")
        self.assertEqual(
            self.calls(),
            [
                ["pull", "-w", workspace],
                ["ingest", "-w", workspace, "--no-pull"],
                ["compute", "-w", workspace, "--as-of", "2026-06-01"],
                ["publish", "-w", workspace],
                ["report", "-w", workspace],
                ["deliver", "-w", workspace],
            ],
        )
        self.assertIn("medspa ingest answers 0", run.log, "the output of the command belongs into the log of the task")

    def test_goes_on_to_the_reports_when_data_was_refused_and_ends_as_failed(self):
        run = self.planned({"ingest": [3]}).test_dag()
        self.assert_ended(run, FAILED, all_data_accepted=FAILED)
        self.assertEqual(self.commands(), list(STEPS))
        self.assertIn("Refused in: ingest", run.log)

    def test_ends_well_when_the_same_run_is_repeated_after_the_data_was_mended(self):
        airflow = self.planned({"ingest": [3, 0]})
        self.assert_ended(airflow.test_dag(), FAILED, all_data_accepted=FAILED)
        self.assert_ended(airflow.test_dag(), SUCCESS)
        self.assertEqual(self.dates(), ["2026-06-01", "2026-06-01"])

    def test_fails_at_the_end_whichever_step_refused_data(self):
        run = self.planned({"compute": [3], "report": [3]}).test_dag()
        self.assert_ended(run, FAILED, all_data_accepted=FAILED)
        self.assertIn("Refused in: compute, report", run.log)

    def test_retries_an_unreachable_source(self):
        run = self.planned({"pull": [4, 4, 0]}).test_dag()
        self.assert_ended(run, SUCCESS)
        self.assertEqual(self.commands(), ["pull", "pull", *STEPS])
        self.assertEqual(run.tries["pull"], 3)

    def test_reports_on_what_is_there_and_ends_as_failed_when_a_source_stays_unreachable(self):
        run = self.planned({"pull": [4, 4, 4]}, MEDSPA_RETRIES="1").test_dag()
        self.assert_ended(run, FAILED, pull=FAILED, all_data_accepted=NOT_REACHED)
        self.assertEqual(self.commands(), ["pull", *STEPS])

    def test_reports_on_what_is_there_when_a_server_refuses_the_login(self):
        run = self.planned({"pull": [2]}).test_dag()
        self.assert_ended(run, FAILED, pull=FAILED, all_data_accepted=NOT_REACHED)
        self.assertEqual(self.commands(), list(STEPS))

    def test_stops_when_a_step_stays_without_its_workspace(self):
        run = self.planned({"ingest": [4, 4, 4]}, MEDSPA_RETRIES="1").test_dag()
        later = dict.fromkeys((*STEPS[2:], "all_data_accepted"), NOT_REACHED)
        self.assert_ended(run, FAILED, ingest=FAILED, **later)
        self.assertEqual(self.commands(), ["pull", "ingest", "ingest"])

    def test_makes_no_report_and_no_second_try_when_a_check_of_the_measures_failed(self):
        run = self.planned({"compute": [5]}).test_dag()
        self.assert_ended(
            run, FAILED, compute=FAILED, **dict.fromkeys((*STEPS[3:], "all_data_accepted"), NOT_REACHED)
        )
        self.assertEqual(self.commands(), ["pull", "ingest", "compute"])

    def test_makes_no_report_and_no_second_try_when_a_check_of_the_warehouse_failed(self):
        run = self.planned({"publish": [5]}).test_dag()
        later = dict.fromkeys((*STEPS[4:], "all_data_accepted"), NOT_REACHED)
        self.assert_ended(run, FAILED, publish=FAILED, **later)
        self.assertEqual(self.commands(), ["pull", "ingest", "compute", "publish"])

    def test_does_not_retry_a_wrong_configuration(self):
        run = self.planned({"ingest": [2]}).test_dag()
        self.assertEqual((run.state, run.tasks["ingest"], self.commands()), (FAILED, FAILED, ["pull", "ingest"]), run.log)

    def test_does_not_retry_what_was_unexpected(self):
        run = self.planned({"report": [1]}).test_dag()
        self.assert_ended(run, FAILED, report=FAILED, deliver=NOT_REACHED, all_data_accepted=NOT_REACHED)
        self.assertEqual(self.commands(), list(STEPS[:-1]))

    def test_skips_a_step_with_nothing_to_do_and_goes_on(self):
        run = self.planned({"pull": [99], "ingest": [99], "compute": [99]}).test_dag()
        self.assert_ended(run, SUCCESS, pull=SKIPPED, ingest=SKIPPED, compute=SKIPPED)
        self.assertEqual(self.commands(), list(STEPS))

    def test_ends_well_when_no_step_had_anything_to_do(self):
        run = self.planned({step: [99] for step in STEPS}).test_dag()
        self.assert_ended(run, SUCCESS, **dict.fromkeys(STEPS, SKIPPED))

    def test_is_skipped_last_where_nobody_is_to_be_sent_anything(self):
        run = self.planned({"deliver": [99]}).test_dag()
        self.assert_ended(run, SUCCESS, deliver=SKIPPED)

    def test_ends_as_failed_and_sends_nothing_again_when_a_recipient_was_refused(self):
        run = self.planned({"deliver": [3]}).test_dag()
        self.assert_ended(run, FAILED, all_data_accepted=FAILED)
        self.assertEqual(self.commands(), list(STEPS))
        self.assertIn("Refused in: deliver", run.log)

    def test_tries_again_when_the_mail_server_is_out_of_reach(self):
        run = self.planned({"deliver": [4, 0]}).test_dag()
        self.assert_ended(run, SUCCESS)
        self.assertEqual(self.commands(), [*STEPS, "deliver"])

    def test_computes_as_of_the_day_in_the_time_zone_of_the_schedule(self):
        airflow = self.planned({}, MEDSPA_TIMEZONE="Pacific/Auckland")
        self.assert_ended(airflow.test_dag("2026-06-07T17:00:00+00:00"), SUCCESS)
        self.assertEqual(self.dates(), ["2026-06-08"])

    def test_computes_as_of_the_day_that_the_trigger_names(self):
        run = self.planned({}).test_dag(conf={"as_of": "2026-03-02"})
        self.assert_ended(run, SUCCESS, deliver=SKIPPED)
        self.assertEqual(self.dates(), ["2026-03-02"])
        self.assertNotIn("deliver", self.commands(), "who looks at an older week mails nobody")

    def test_calls_nothing_when_the_trigger_names_no_day(self):
        done = self.planned({}).command("dags", "test", "medspa_weekly", MONDAY, "--conf", '{"as_of": "last week"}')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("last week", done.stdout + done.stderr)
        self.assertEqual(self.commands(), [])

    def test_says_what_to_set_when_no_workspace_is_set(self):
        run = self.planned({}, MEDSPA_WORKSPACE="").test_dag()
        self.assertEqual((run.state, run.tries["ingest"], self.commands()), (FAILED, 1, []), run.log)
        self.assertIn("MEDSPA_WORKSPACE is '', must be the absolute path", run.log)

    def test_says_what_to_set_when_there_is_no_such_command(self):
        run = self.planned({}, MEDSPA_LAUNCHER=str(self.directory / "nowhere")).test_dag()
        self.assertEqual((run.state, run.tries["ingest"]), (FAILED, 1), run.log)
        self.assertIn("Set MEDSPA_LAUNCHER", run.log)

    def test_stops_the_command_when_a_step_takes_too_long(self):
        run = self.planned({"ingest": ["hang"]}, MEDSPA_STEP_TIMEOUT_SECONDS="5", MEDSPA_RETRIES="0").test_dag()
        self.assertEqual((run.state, run.tasks["ingest"], self.commands()), (FAILED, FAILED, ["pull", "ingest"]), run.log)
        # The command is told to stop before Airflow ends, but nobody waits for it.
        deadline = time.monotonic() + 20
        while not (self.directory / "stopped").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertTrue((self.directory / "stopped").exists(), "the command was left running")


class TheDailyRun(PlannedCase):
    """What is other than in the weekly run; all else is the same code."""

    steps = DAILY_STEPS
    THURSDAY = "2026-06-04T11:00:00+00:00"

    def test_computes_as_of_its_own_day_and_reports_the_day(self):
        run = self.planned({}).test_dag(self.THURSDAY, dag_id="medspa_daily")
        self.assert_ended(run, SUCCESS)
        workspace = str(self.directory / "a workspace")
        self.assertEqual(
            self.calls(),
            [
                ["pull", "-w", workspace],
                ["ingest", "-w", workspace, "--no-pull"],
                ["compute", "-w", workspace, "--as-of", "2026-06-04"],
                ["publish", "-w", workspace],
                ["report", "-w", workspace, "--daily"],
            ],
        )

    def test_goes_on_to_the_flashes_when_data_was_refused_and_ends_as_failed(self):
        run = self.planned({"ingest": [3]}).test_dag(self.THURSDAY, dag_id="medspa_daily")
        self.assert_ended(run, FAILED, all_data_accepted=FAILED)
        self.assertEqual(self.commands(), list(DAILY_STEPS))

    def test_waits_while_the_weekly_run_holds_the_workspace(self):
        run = self.planned({"ingest": [4, 0]}).test_dag(self.THURSDAY, dag_id="medspa_daily")
        self.assert_ended(run, SUCCESS)
        self.assertEqual(run.tries["ingest"], 2)


@unittest.skipUnless(os.environ.get("MEDSPA_E2E_WORKSPACE"), "MEDSPA_E2E_WORKSPACE is not set")
class TheRealCommand(Case):
    """The launcher of this repository on a copy of a real workspace, from its exports to its PDFs."""

    def test_runs_to_the_reports_and_again_as_failed_when_an_export_is_refused(self):
        given = Path(os.environ["MEDSPA_E2E_WORKSPACE"]).resolve()
        workspace = self.directory / "workspace"
        # Only what an owner has: everything that is computed is left behind, so the PDFs found below are this run's.
        computed = {str(given / name) for name in ("lake", "warehouse", "reports")}
        shutil.copytree(
            given,
            workspace,
            ignore=lambda folder, names: {name for name in names if os.path.join(folder, name) in computed},
        )
        airflow = self.airflow(
            settings={
                "MEDSPA_LAUNCHER": str(REPOSITORY / "medspa"),
                "MEDSPA_WORKSPACE": str(workspace),
                "MEDSPA_RETRY_DELAY_SECONDS": "1",
            }
        )
        conf = {"as_of": os.environ.get("MEDSPA_E2E_AS_OF") or last_as_of(given)}

        self.assert_ended(airflow.test_dag(conf=conf, timeout=900), SUCCESS, pull=SKIPPED, deliver=SKIPPED)
        reports = pdfs(workspace)
        self.assertTrue(reports, "no PDF below reports/")

        refused = refused_export(workspace)
        shutil.rmtree(workspace / "reports")
        again = airflow.test_dag(conf=conf, timeout=900)
        self.assertEqual((again.state, again.tasks["all_data_accepted"]), (FAILED, FAILED), again.log)
        self.assertIn("Refused in: ingest", again.log)
        self.assertIn(refused.name, again.log, "the log names the file that was refused")
        self.assertEqual(pdfs(workspace), reports)


def last_as_of(workspace: Path) -> str:
    """The as-of that the given workspace was computed with."""
    return json.loads((workspace / "lake" / "state.json").read_text())["asOf"]


def pdfs(workspace: Path) -> set[str]:
    """The reports that are whole PDF files, by their path below the workspace."""
    return {
        str(file.relative_to(workspace))
        for file in workspace.glob("reports/**/*.pdf")
        if file.read_bytes().startswith(b"%PDF-") and file.read_bytes().rstrip().endswith(b"%%EOF")
    }


def refused_export(workspace: Path) -> Path:
    """A file that is no export, put where a source of the workspace looks for new ones."""
    sources = yaml.safe_load((workspace / "medspa.yaml").read_text())["sources"]
    pattern = next(source["from"] for source in sources if "*" in source["from"])
    file = workspace / pattern.replace("**", "refused").replace("*", "2099-01-01-refused")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(range(256)) * 16)
    return file


class Lines(unittest.TextTestResult):
    """One line per case with its seconds, so that a slow case is seen."""

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def line(self, word: str, test: unittest.TestCase) -> None:
        seconds = time.monotonic() - self.started
        self.stream.writeln(f"{word:7} {type(test).__name__}.{test._testMethodName} ({seconds:.1f} s)")
        self.stream.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line("FAILED", test)

    def addError(self, test, err):
        super().addError(test, err)
        self.line("FAILED", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("skipped", test)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="medspa-airflow-") as directory:
        empty = Airflow(Path(directory))
        empty.migrate()
        Case.migrated = empty.database
        program = unittest.main(
            exit=False, testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=0, resultclass=Lines)
        )
    result = program.result
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 0 if failed == 0 and result.testsRun > skipped else 1


if __name__ == "__main__":
    sys.exit(main())
