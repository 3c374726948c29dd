"""Adding more people to a campaign than a request should, done by the worker."""

from __future__ import annotations

from typing import Any

from implementor.crm.campaigns.joining import BATCH, Joining, join_many
from implementor.crm.campaigns.models import Campaign
from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task


@task("crm.campaigns.add_members")
def add_members(
    job: JobContext, *, campaign_id: int, kind: str, ids: list[int], channel: str | None, url: str
) -> dict[str, Any]:
    """Let them join, a batch a transaction; what was done before a cancel stays and can be undone."""
    whole = Joining()
    for start in range(0, len(ids), BATCH):
        with job.writing() as session:
            campaign = session.get_one(Campaign, campaign_id)
            part = ids[start : start + BATCH]
            whole.add(join_many(session, campaign, kind, part, channel, by=job.by, at=job.now()))
        job.progress(whole.total, len(ids), say("Adding members"))
    return {"added": whole.added, "known": whole.known, "left_out": dict(whole.left_out), "url": url}
