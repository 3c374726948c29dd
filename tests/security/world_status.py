"""The reports of the world: in each project one that is issued, shared and made into a file, and the next draft."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.status import services
from implementor.status.composing import compose
from implementor.status.models import PackFile
from implementor.status.sharing import share_report

if TYPE_CHECKING:
    from tests.security.world import Place


def add_reports(session: Session, app: Flask, place: Place, text: str, by: Actor) -> None:
    """The colour of risk is set by hand in all of them."""
    at = datetime.now(UTC)
    here, on = place.project_id, at.date()
    services.set_colour(
        session, project_id=here, dimension="risk", colour="amber", reason=f"Known {text}",
        expires_on=on + timedelta(days=9), by=by, at=at, on=on,
    )  # fmt: skip
    report = services.begin_report(session, project_id=here, language="en", by=by, at=at, on=on)
    report.number = 10 * here  # numbers that no other project has
    services.change_report(session, report, {"comment": f"About {text}"}, by=by, at=at)
    with app.app_context():
        made = compose(session, report, by=by, at=at)
    services.issue_report(session, report, made.content, made.colours, last_change_id=made.last_change_id, by=by, at=at)
    link, _token = share_report(session, report, label=f"Board {text}", days=7, by=by, at=at)
    file = {"format": "pdf", "data": text.encode(), "size": len(text), "sha256": "0" * 64, "made_at": at}
    session.add(PackFile(project_id=here, report_id=report.id, **file))
    draft = services.begin_report(session, project_id=here, language="en", by=by, at=at, on=on)
    session.flush()
    place.ids |= {"issued_number": report.number, "draft_number": draft.number, "share_link": link.id}
