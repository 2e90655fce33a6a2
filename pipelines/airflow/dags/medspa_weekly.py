"""
### The weekly run of one workspace: pull → ingest → compute → publish → report

Each task calls the `medspa` command once; what the command answers decides what happens next.

| exit code | task | rest of the run |
|---|---|---|
| 0 done | success | goes on |
| 99 nothing to do | skipped | goes on: an earlier run may have stopped before the later steps |
| 3 data refused | success, logged | goes on to the reports; `all_data_accepted` then ends the run as failed |
| 4 unreachable | retried, each time after a longer pause | stops when the retries are used up |
| 5 a check failed | failed, not retried | stops: the last good warehouse and reports stay |
| 1, 2, any other | failed, not retried | stops |

A failed `pull` stops nothing: one server that stays away must not keep the exports of the others out of this week's
reports. They are made of what is there and name the source that is late, and the run ends as failed.

### As-of

The measures are computed as of the run's own date: the end of its data interval (or, for a run triggered without one, the
moment it was due) as a date in the time zone of the schedule. It is handed over explicitly because it belongs to the run
and not to the clock: the same run repeated a week later gives the same weeks. To choose another date, trigger with
`{"as_of": "2026-06-01"}`; the weeks that ended before that day are computed.

### How it is re-run

- **Refused data** (`all_data_accepted` failed): the log of `ingest` names file, line, column and the next step. Mend or
  remove the export, then clear `ingest` *with its downstream tasks* in the same run. Clearing `all_data_accepted` alone
  fails again: it repeats what the steps answered.
- **A failed pull**: when the server answers again, clear `pull` with its downstream tasks.
- **A failed step**: remove the cause, then clear that task with its downstream tasks. Every step may be repeated at will:
  it redoes what is missing and never counts a file twice.
- **The whole run**: clear all its tasks. Nothing has to be removed first.
- **An older week**: clear the old run, or trigger one with `as_of`. Its warehouse and reports replace the newest ones, so
  clear the newest run afterwards. Exports delivered since then count too: as-of limits events, not knowledge.
- **Killed, restarted, timed out**: nothing to clean up. The last published warehouse stands; clear the task.

One run at a time (`max_active_runs`), and weeks that were missed are not caught up: the next run takes in all that was
delivered since and computes every week that changed.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import DAG, BaseOperator, CronTriggerTimetable, Param, TriggerRule, chain, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

DONE, REFUSED, UNREACHABLE, NOTHING_TO_DO = 0, 3, 4, 99

# In the repository the launcher stands three folders above this one.
LAUNCHER = Path(os.environ.get("MEDSPA_LAUNCHER") or Path(__file__).resolve().parents[3] / "medspa")
WORKSPACE = os.environ.get("MEDSPA_WORKSPACE", "")
# On a Monday the as-of includes the Sunday before it, so the run must start when Sunday is over at every location: hence
# the time zone of the westernmost one.
TIMEZONE = ZoneInfo(os.environ.get("MEDSPA_TIMEZONE", "America/Los_Angeles"))
SCHEDULE = os.environ.get("MEDSPA_SCHEDULE", "0 5 * * 1")
RETRIES = int(os.environ.get("MEDSPA_RETRIES", "4"))
RETRY_DELAY = timedelta(seconds=float(os.environ.get("MEDSPA_RETRY_DELAY_SECONDS", "300")))
STEP_TIMEOUT = timedelta(seconds=float(os.environ.get("MEDSPA_STEP_TIMEOUT_SECONDS", "10800")))

STEPS = ("pull", "ingest", "compute", "publish", "report")
OPTIONS = {"ingest": ("--no-pull",), "compute": ("--as-of", "{{ params.as_of or (dag_run.data_interval_end or dag_run.run_after).astimezone(dag.timezone).date() }}")}


class MedspaStep(BaseOperator):
    """One call of the `medspa` command, named like the task; returns its exit code where the run is to go on.

    An operator and not a function because of `on_kill`: a step that is stopped must not leave a process behind that holds
    the workspace.
    """

    template_fields = ("options",)

    def __init__(self, *, options: tuple[str, ...] = (), **kwargs):
        super().__init__(**kwargs)
        self.options = options
        self.process = SubprocessHook()

    def execute(self, context) -> int:
        if not Path(WORKSPACE).is_absolute():
            raise AirflowFailException(
                f"MEDSPA_WORKSPACE is '{WORKSPACE}', must be the absolute path of a workspace. "
                "Set it in the environment of Airflow's services."
            )
        command = [str(LAUNCHER), self.task_id, "-w", WORKSPACE, *self.options]
        try:
            code = self.process.run_command(command).exit_code
        except OSError as problem:
            raise AirflowFailException(
                f"Cannot start {LAUNCHER}: {problem.strerror}. Set MEDSPA_LAUNCHER to the path of the medspa command."
            ) from problem
        if code == NOTHING_TO_DO:
            raise AirflowSkipException(f"medspa {self.task_id}: nothing to do")
        if code == UNREACHABLE:
            raise AirflowException(f"medspa {self.task_id}: source or receiver unreachable")
        if code not in (DONE, REFUSED):
            raise AirflowFailException(f"medspa {self.task_id} ended with exit code {code}; its output is above")
        return code

    def on_kill(self) -> None:
        self.process.send_sigterm()


with DAG(
    dag_id="medspa_weekly",
    description="Ingest, compute, publish and report one workspace, every week",
    doc_md=__doc__,
    schedule=CronTriggerTimetable(SCHEDULE, timezone=TIMEZONE.key),
    start_date=datetime(2024, 1, 1, tzinfo=TIMEZONE),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(days=1),
    params={
        "as_of": Param(
            None, type=["null", "string"], format="date", description="Compute as of this day instead of the run's own"
        )
    },
    default_args={
        "retries": RETRIES,
        "retry_delay": RETRY_DELAY,
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": STEP_TIMEOUT,
        # A skipped step had nothing to do; only a failed one stops those after it.
        "trigger_rule": TriggerRule.NONE_FAILED,
    },
    tags=["medspa"],
):
    steps = {step: MedspaStep(task_id=step, options=OPTIONS.get(step, ())) for step in STEPS}
    steps["ingest"].trigger_rule = TriggerRule.ALL_DONE

    @task(retries=0)
    def all_data_accepted(ti=None):
        """Fails when a step refused data, after everything else was published and reported."""
        refused = [step for step in STEPS if ti.xcom_pull(task_ids=step) == REFUSED]
        if refused:
            raise AirflowFailException(
                f"Data refused by: {', '.join(refused)}. The rest is published. The log of that task names each file and "
                "what to do; mend or remove it, then clear that task with its downstream tasks."
            )

    accepted = all_data_accepted()
    chain(*steps.values(), accepted)
    # A run is as its last task is: without this one a failed pull would end well.
    steps["pull"] >> accepted
