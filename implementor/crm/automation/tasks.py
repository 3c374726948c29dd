"""The job that does what a rule does outward: mails and follow-ups, a short transaction for each step."""

from __future__ import annotations

from implementor.crm.automation.running import TASK, carry_on
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task


@task(TASK)
def carry_out(job: JobContext, *, run_id: int) -> None:
    """Do the steps of a run that are left; those that are done are not done again, however often this begins."""
    is_left = True
    while is_left:
        job.stop_if_asked()
        with job.writing() as session:
            is_left = carry_on(session, run_id, at=job.now())
