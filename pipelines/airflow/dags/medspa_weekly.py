"""
### The weekly run of one workspace: pull → ingest → compute → publish → report → deliver

Each task calls the `medspa` command once; what the command answers decides what happens next.

| exit code | task | rest of the run |
|---|---|---|
| 0 done | success | goes on |
| 99 nothing to do | skipped | goes on: an earlier run may have stopped before the later steps |
| 3 data refused | success, logged | goes on to the reports; `all_data_accepted` then ends the run as failed |
| 4 unreachable | retried, each time after a longer pause | stops when the retries are used up |
| 5 a check failed | failed, not retried | stops: the last good warehouse and reports stay |
| 1, 2, any other | failed, not retried | stops |

`deliver` comes last: it mails the letters and posts the alerts, each at most once however often it is repeated, and is skipped
where `medspa.yaml` names nobody to send to, and in a run with `as_of`: who looks at an older week mails nobody. What a receiver
refuses, and what may have arrived or not, is exit code 3; a mail server that is out of reach is 4.

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
- **A refused letter** (`all_data_accepted` failed and names `deliver`): its log names the recipient and what to do. Correct the
  recipient in `medspa.yaml`, or ask whether the letter arrived and call `medspa deliver --resend`; then clear `deliver` with its
  downstream tasks.
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
import sys
from pathlib import Path

# The module beside this file; not every part of Airflow puts its folder on the path.
if str(Path(__file__).parent) not in sys.path:
    sys.path.append(str(Path(__file__).parent))
from medspa_steps import medspa_dag

dag = medspa_dag(
    "medspa_weekly",
    description="Ingest, compute, publish, report and deliver one workspace, every week",
    doc_md=__doc__,
    schedule=os.environ.get("MEDSPA_SCHEDULE", "0 5 * * 1"),
    steps=("pull", "ingest", "compute", "publish", "report", "deliver"),
)
