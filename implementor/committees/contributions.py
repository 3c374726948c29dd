"""What committees add to the shared pages: lists and records, undo, the side bar, limits of authority, news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.committees import permissions
from implementor.committees.catalogue import COMMITTEE, MEETING
from implementor.committees.gate_checks import declare_checks
from implementor.committees.keeper_news import declare_keeper_news
from implementor.committees.meeting_news import declare_news
from implementor.committees.models import Committee, CommitteeLimit, CommitteeMember, Handover, Meeting
from implementor.committees.queries.committees import in_scope, in_use, titles_of
from implementor.committees.queries.meetings import meetings_of_person
from implementor.committees.services import committees as services
from implementor.committees.services.between import refuse_beyond
from implementor.committees.services.meetings import change_meeting, restore_meeting
from implementor.committees.standing import MOUNTED, let_sit, page_here
from implementor.committees.succession import declare_holdings
from implementor.duplicates.references import pointer
from implementor.foundation.panels import Place, panel
from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.governance.authority import authority
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.lists.sheets import Sheet, sheet
from implementor.web.navigation import NavItem, Shortcut, directory

HELD = ("begin", "attend", "decide", "note", "give_action", "write", "close")
SHOWN = 5


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    _declare_sheets()
    _declare_undo()
    declare_news()
    declare_keeper_news()
    declare_checks()
    declare_holdings()
    let_sit(app)
    authority.refuse_beyond = refuse_alone
    pointer("agenda_item", "record_kind", "record_id", moves=False)
    panel("home", 36, "committees/_mine.html", load_mine)
    board = directory(app)
    board.items += [
        NavItem("governance", say("Committees"), "committees.index", permissions.VIEW, in_project=True, order=5),
        NavItem("governance", say("After the end"), "standing_body.show", permissions.VIEW, in_project=True, order=200),
        NavItem("start", say("My meetings"), "my_meetings.index", SIGNED_IN, order=40),
    ]
    board.shortcuts.append(Shortcut("g c", say("Go to the committees"), "committees.index", in_project=True))


def refuse_alone(
    session: Session, project_id: int, amount: int | None, currency: str | None, days: int | None, by: Actor
) -> None:
    """What governance asks before a request is approved outside a meeting."""
    refuse_beyond(session, project_id, amount=amount, currency=currency, days=days, by=by)


def load_mine(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The next meetings of the committees that the reader sits on."""
    since = place.at - timedelta(hours=12)
    rows = session.execute(meetings_of_person(place.actor.user_id, since=since, on=place.at.date())).all()
    return {"rows": rows[:SHOWN]} if rows else None


def _declare_sheets() -> None:
    sheet(
        Sheet(
            entity=COMMITTEE, base=in_use(Committee), record=in_scope(Committee),
            record_url=lambda row: page_here("show", committee_id=row.id),
            index_url=lambda: page_here("index"), may_view=permissions.VIEW, may_edit=permissions.EDIT,
            change=lambda of, found, values, by, at: services.change_committee(of, found, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.create_committee(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New committee"),
        )
    )  # fmt: skip
    sheet(
        Sheet(
            entity=MEETING, base=in_use(Meeting), record=in_scope(Meeting),
            record_url=lambda row: page_here("meeting", meeting_id=row.id),
            index_url=lambda: page_here("meetings"), may_view=permissions.VIEW, may_edit=permissions.PREPARE,
            change=lambda of, found, values, by, at: change_meeting(of, found, values, by=by, at=at),
            may_change=lambda _scope: Meeting.begun_at.is_(None),
            why_not=lambda found: say("%(title)s was begun, so it is neither moved nor called off.", title=found.title),
        )
    )  # fmt: skip
    for kind, model, title in ((COMMITTEE, Committee, Committee.name), (MEETING, Meeting, Meeting.title)):
        record_kind(RecordKind(kind.kind, kind.label, model, titles_of(model, title), _address_of(kind.kind)))


def _address_of(kind: str) -> Any:
    endpoint, argument = ("committees.show" if kind == "committee" else "committees.meeting"), f"{kind}_id"

    def address(row: Any) -> tuple[str, dict[str, Any]]:
        if getattr(row, "programme_id", None) is None:  # a probe for patterns of addresses has none
            return endpoint, {"project_key": row.project_key, argument: row.id}
        return f"{MOUNTED}.{endpoint}", {"programme_id": row.programme_id, argument: row.id}

    return address


def _declare_undo() -> None:
    undoable["committee"] = Restorer(Committee, None, permissions.EDIT)
    undoable["committee_member"] = Restorer(CommitteeMember, None, permissions.EDIT)
    undoable["committee_limit"] = Restorer(CommitteeLimit, None, permissions.EDIT)
    undoable["handover"] = Restorer(Handover, None, permissions.HAND_ON)
    undoable["meeting"] = Restorer(Meeting, restore_meeting, permissions.PREPARE, asks_to_put_away=True)
    for deed in HELD:
        undone_elsewhere[f"meeting.{deed}"] = say("What happened in a meeting is set right in the meeting itself.")
    for deed in ("open", "end"):
        undone_elsewhere[f"feed.{deed}"] = say("The address for one's calendar is made anew on the page My meetings.")
