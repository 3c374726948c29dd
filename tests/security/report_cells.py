"""Kept reports in the walks: what addresses name and what is sent; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.configuration.services.checking import Identity
from implementor.foundation.permissions import SYSTEM
from implementor.metrics.definitions import Query
from implementor.reports.models import ALL
from implementor.reports.plans import Plan
from implementor.reports.services import ReportWish, add_report
from tests.auth.builders import working

Sent = Callable[..., dict[str, Any]]
ADDRESS = "a-entity=account&a-aggregate=count&by_1=type&shown=table"
KEPT = {"address": ADDRESS, "label_en": "Written", "label_es": "Escrito", "shared": "all"}
OF_REPORTS = ("show", "edit", "change", "export", "pin", "records")
EXCEPTIONS: dict[str, Sent] = {
    **dict.fromkeys([f"reports.{name}" for name in OF_REPORTS], lambda r, w: {"report_id": w.ids["kept_report"]}),
    "reports.export": lambda r, w: {"report_id": w.ids["kept_report"], "format": "csv"},
}
BODIES: dict[str, Sent] = {
    **dict.fromkeys(("reports.add", "reports.change"), lambda p, r, w: KEPT),
    "reports.pin": lambda p, r, w: {"pinned": "1"},
}


def add_reports(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the id of a report that everybody of the CRM opens."""
    with working(app) as session:
        wish = ReportWish("Accounts by type", "Cuentas por tipo", Plan(Query("account"), by=("type",)), ALL)
        identity = Identity("9b2f6b2e-6c8e-4a52-9d3a-3c1f6a3d2b10")
        ids["kept_report"] = add_report(session, "account", wish, by=SYSTEM, at=datetime.now(UTC), identity=identity).id
