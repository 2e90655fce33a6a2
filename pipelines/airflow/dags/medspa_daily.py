"""
### The daily run of one workspace: pull → ingest → compute → publish → report --daily

Each morning it takes in what came, computes up to yesterday and writes the daily flash of each location (one page, PDF and
HTML, in `reports/<day>/`). The weekly reports stay as they are; the weeks that ended are computed as on Monday.

Exit codes, retries and how a run is repeated are those of `medspa_weekly`, whose documentation says them: data that was
refused lets the run go on to the flashes and ends it as failed, a server that stays away is named and stops nothing, a
check that failed stops the run and leaves the last published warehouse.

### As-of

The run's own date in the time zone of the schedule is *today*; the flash looks back at the day before. Trigger with
`{"as_of": "2026-06-04"}` for another one. A day that was missed is not caught up: the flash of yesterday is news only
today. Both DAGs may share a workspace: while one holds it, a step of the other is tried again later.
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
    "medspa_daily",
    description="Ingest, compute and publish one workspace, and write its daily flashes, every day",
    doc_md=__doc__,
    schedule=os.environ.get("MEDSPA_DAILY_SCHEDULE", "0 4 * * *"),
    steps=("pull", "ingest", "compute", "publish", "report"),
    options={"report": ("--daily",)},
)
