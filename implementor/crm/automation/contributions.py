"""What rules add to the worker and to the news, and what becomes of their runs when records merge."""

from __future__ import annotations

from flask import Flask

from implementor.crm.automation.days import LOOK_EVERY, watch_days
from implementor.crm.automation.news import declare_news
from implementor.duplicates.references import pointer
from implementor.jobs.worker import chore


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare_news()
    pointer("automation_run", "record_kind", "record_id", moves=False)
    chore("automation.days", every=LOOK_EVERY)(watch_days)
