"""Requests as the shared pages know them: list, form, history, undo, news."""

from __future__ import annotations

from implementor.audiences.services.records import MANNERS, Manner
from implementor.audiences.shown import Shown, declare_shown
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.notifications.news import NewsKind, news_kind
from implementor.support import permissions
from implementor.support.catalogue import SUPPORT_REQUEST, SUPPORT_SHIFT
from implementor.support.clocks import declare_clocks
from implementor.support.gate_checks import declare_checks
from implementor.support.models import SupportHandover, SupportRequest, SupportShift
from implementor.support.queries import titles_of_requests, titles_of_shifts
from implementor.support.roster import faults_of_shift
from implementor.support.services import change, restore, write_down

NEWS, WAITS = "support.answer", "support.waits"
REQUESTS = Shown(
    SUPPORT_REQUEST, "one", "inbox", say("New request"), permissions.VIEW, permissions.EDIT, "support"
)  # fmt: skip
SHIFTS = Shown(
    SUPPORT_SHIFT, "shift", "roster", say("New hours of support"), permissions.VIEW, permissions.EDIT, "support"
)  # fmt: skip


def declare() -> None:
    """Make requests and the news of them known; doing it twice changes nothing."""
    MANNERS[SupportRequest] = Manner(
        say("Wrote down a request"), say("Changed a request"), lambda _session, _one: {}
    )  # fmt: skip
    declare_shown(
        REQUESTS, titles=titles_of_requests,
        change=lambda of, found, values, by, at: change(of, found, values, by=by, at=at),
        create=lambda of, scope, values, by, at: write_down(of, scope.project_id or 0, values, by=by, at=at),
    )  # fmt: skip
    undoable["support_request"] = Restorer(SupportRequest, restore, permissions.EDIT, asks_to_put_away=True)
    MANNERS[SupportShift] = Manner(
        say("Wrote down hours of support"), say("Changed hours of support"), faults_of_shift
    )  # fmt: skip
    declare_shown(SHIFTS, titles=titles_of_shifts)
    undoable["support_handover"] = Restorer(SupportHandover, may=permissions.EDIT)
    declare_checks()
    declare_clocks()
    undone_elsewhere["support_request.answer"] = say("The sender was told. Write another answer instead.")
    for verb in ("settle", "known"):  # its sender was told, and its clocks ended
        undone_elsewhere[f"support_request.{verb}"] = say("The sender was told. Open the request again instead.")
    news_kind(NewsKind(NEWS, say("Something became of a request of mine"), SIGNED_IN, by_mail=True, order=44))
    news_kind(NewsKind(WAITS, say("A request of people of the CRM waits to be taken up"), SIGNED_IN, order=45))
