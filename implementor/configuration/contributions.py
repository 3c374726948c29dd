"""What configuration adds below: the stamp that requests bring along, its pages, kinds of record and undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from implementor.auth.current import Carried, carried
from implementor.configuration import queries
from implementor.configuration.first_use import bring_in_shipped, shipped_digest
from implementor.configuration.snapshots import refresh
from implementor.foundation import live
from implementor.web.unit_of_work import enter_in_ledger, now

BROUGHT_IN = "implementor_brought_in"


def contribute(app: Flask) -> None:
    """Register everything; called once for each application."""
    carried["configuration_stamp"] = Carried(queries.stamp().scalar_subquery(), take_stamp)
    carried["configuration_shipped"] = Carried(queries.shipped_digest().scalar_subquery(), take_shipped)
    app.teardown_request(forget)


def take_stamp(session: Session, stamp: str | None) -> None:
    """Work with the state that this request's own statement found."""
    refresh(session, stamp or "")


def take_shipped(_session: Session, shipped: str | None) -> None:
    """Bring in what a newer program ships after the first request to it; once, whatever comes of it."""
    if current_app.extensions.setdefault(BROUGHT_IN, False):
        return
    current_app.extensions[BROUGHT_IN] = True
    if shipped != shipped_digest():
        at: datetime = now()
        enter_in_ledger(lambda ledger: _bring_in(ledger, at))


def _bring_in(ledger: Session, at: datetime) -> None:
    bring_in_shipped(ledger, at=at)


def forget(_fault: BaseException | None) -> Any:
    """What this thread does next may be for another database."""
    live.forget()
