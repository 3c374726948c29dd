"""Bulk changes too large for a request, done by the worker."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from implementor.foundation.values import checked
from implementor.foundation.words import say_n
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task
from implementor.lists.bulk import BATCH, BulkReport, Part, change_selection
from implementor.lists.sheets import sheet_of


def typed_again(values: dict[str, Any]) -> dict[str, Any]:
    """What the request gave the job, with numbers that are not whole as numbers again."""
    typed = {name: value for name, value in values.items() if not (isinstance(value, dict) and "words" in value)}
    return {name: Decimal(value["number"]) if isinstance(value, dict) else value for name, value in typed.items()}


def parts_again(values: dict[str, Any]) -> dict[str, Part]:
    """The words that the request gave the job to add or to take away."""
    found = {name: value for name, value in values.items() if isinstance(value, dict) and "words" in value}
    return {name: Part(value["adds"], tuple(value["words"])) for name, value in found.items()}


@task("lists.change_selection")
def change_many(job: JobContext, *, kind: str, ids: list[int], values: dict[str, Any]) -> dict[str, Any]:
    """Give the values to every record, a batch a transaction; batches done before a cancel stay and can be undone."""
    sheet = sheet_of(kind)
    stored = {**checked(sheet.entity, typed_again(values)), **parts_again(values)}
    whole = BulkReport()
    summary = say_n(
        "Changed %(count)s record of %(list)s",
        "Changed %(count)s records of %(list)s",
        len(ids),
        list=sheet.entity.label_plural,
    )
    for start in range(0, len(ids), BATCH):
        with job.writing(summary) as session:
            for report in change_selection(session, sheet, ids[start : start + BATCH], stored, by=job.by, at=job.now()):
                whole.add(report)
        job.progress(whole.total, len(ids))
    return {
        "changed": whole.changed,
        "unchanged": whole.unchanged,
        "refused": whole.refused,
        "reasons": [[title, reason.as_json()] for title, reason in whole.reasons],
    }
