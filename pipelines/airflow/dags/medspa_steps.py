"""What the DAGs of this folder share: one task for each step of the `medspa` command, and how a run ends.

A DAG says when it runs and which steps it has; everything else is here. The settings are those of the README.
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
# The as-of includes the day before it, so a run must start when that day is over at every location: hence the time zone of
# the westernmost one.
TIMEZONE = ZoneInfo(os.environ.get("MEDSPA_TIMEZONE", "America/Los_Angeles"))
RETRIES = int(os.environ.get("MEDSPA_RETRIES", "4"))
RETRY_DELAY = timedelta(seconds=float(os.environ.get("MEDSPA_RETRY_DELAY_SECONDS", "300")))
STEP_TIMEOUT = timedelta(seconds=float(os.environ.get("MEDSPA_STEP_TIMEOUT_SECONDS", "10800")))

# Options that every DAG gives to a step.
OPTIONS = {
    "ingest": ("--no-pull",),
    "compute": (
        "--as-of",
        "{{ params.as_of or (dag_run.data_interval_end or dag_run.run_after).astimezone(dag.timezone).date() }}",
    ),
}


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
        if self.task_id == "deliver" and context["params"].get("as_of"):
            raise AirflowSkipException("a run as of another day delivers nothing; `medspa deliver` by hand does")
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


def medspa_dag(
    dag_id: str,
    *,
    description: str,
    doc_md: str,
    schedule: str,
    steps: tuple[str, ...],
    options: dict[str, tuple[str, ...]] | None = None,
) -> DAG:
    """A DAG that calls these steps one after the other, and fails at the end where something was refused.

    `options` are those that only this DAG gives to a step.
    """
    with DAG(
        dag_id=dag_id,
        description=description,
        doc_md=doc_md,
        schedule=CronTriggerTimetable(schedule, timezone=TIMEZONE.key),
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
    ) as dag:
        tasks = {
            step: MedspaStep(task_id=step, options=(*OPTIONS.get(step, ()), *(options or {}).get(step, ())))
            for step in steps
        }
        tasks["ingest"].trigger_rule = TriggerRule.ALL_DONE

        @task(retries=0)
        def all_data_accepted(ti=None):
            """Fails when a step refused data or a receiver a letter, after everything else was done."""
            refused = [step for step in steps if ti.xcom_pull(task_ids=step) == REFUSED]
            if refused:
                raise AirflowFailException(
                    f"Refused in: {', '.join(refused)}. The rest is done. The log of that task names each file or recipient "
                    "and what to do; do it, then clear that task with its downstream tasks."
                )

        accepted = all_data_accepted()
        chain(*tasks.values(), accepted)
        # A run is as its last task is: without this one a failed pull would end well.
        tasks["pull"] >> accepted
    return dag
