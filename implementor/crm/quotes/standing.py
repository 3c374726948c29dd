"""How the page of a quote shows where it stands: its way, and what can be done with it now."""

from __future__ import annotations

from typing import Any

from flask import url_for

from implementor.automation.queries import templates_for
from implementor.automation.words import PROPOSAL
from implementor.crm.quotes import permissions, queries
from implementor.crm.quotes.facts import (
    ACCEPTED,
    DRAFT,
    EXPIRED,
    FACTS,
    REFUSED,
    RENEWED,
    SENT,
    SUPERSEDED,
    possible_next,
    standing_on,
)
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.proposing import filled_from
from implementor.crm.quotes.services import day_of
from implementor.crm.quotes.words import ICONS, LABELS, STANDINGS
from implementor.foundation.local_days import local_day
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor
from implementor.web.language import NAMES, settings, show_date
from implementor.web.unit_of_work import now, session

ASKED = {SENT: say("Note: sent"), ACCEPTED: say("Accepted: make the order"), REFUSED: say("Note: refused")}


def page_of(page: RecordPage) -> dict[str, Any]:
    """What the template of a quote needs besides, in a fixed number of statements."""
    quote = session().get_one(Quote, page.id)
    rows = {row.kind: row for row in session().execute(queries.known_facts(page.id))}
    standing = standing_on(quote.state, quote.valid_until, day_of(now()))
    may_work = (
        actor().may(permissions.EDIT)
        and not page.is_archived
        and session().scalar(queries.within_reach(page.id, present_scope())) is not None
    )
    return {
        "shows_state": "state" in page.cells,
        "standing": next(one for one in STANDINGS if one.key == standing),
        "way": [_step(kind, rows.get(kind), standing) for kind in _shown(standing, rows)],
        "next_items": [_item(kind, page.id) for kind in possible_next(standing)] if may_work else [],
        "back_items": _back_items(page.id, rows) if may_work else [],
        "renew_url": url_for("quotes.renew", record_id=page.id) if may_work and standing in RENEWED else None,
        "papers": _papers(page.id),
        "notice": _notice(quote, standing),
        "proposals": _proposals(page.id) if may_work and standing == DRAFT else [],
        "filled_from": filled_from(session(), quote),
    }


def _shown(standing: str, rows: Any) -> list[str]:
    """The facts of its way: those that happened, and of the rest the good way."""
    return [
        kind for kind in FACTS if kind in rows or (kind in (SENT, ACCEPTED) and standing not in (REFUSED, SUPERSEDED))
    ]


def _step(kind: str, row: Any, standing: str) -> dict[str, Any]:
    """A fact as `ui.steps` wants it."""
    tone = "neutral" if row is None else "off" if kind in (REFUSED, SUPERSEDED) else "ok"
    return {
        "name": LABELS[kind],
        "word": show_date(local_day(row.at)) if row is not None else "",
        "note": None,
        "tone": tone,
        "is_current": kind == (SENT if standing == EXPIRED else standing),
        "url": None,
    }


def _item(kind: str, quote_id: int) -> dict[str, Any]:
    url = url_for("quotes.note_page", record_id=quote_id, step=kind)
    return {"label": ASKED[kind], "url": url, "icon": ICONS[kind], "danger": kind == REFUSED}


def _back_items(quote_id: int, rows: Any) -> list[dict[str, Any]]:
    """The last fact can be taken back; what it stands on cannot before it."""
    last = next((kind for kind in reversed(FACTS) if kind in rows), None)
    if last is None:
        return []
    url = url_for("quotes.take_back", record_id=quote_id, step=last)
    return [{"label": say("Take back: %(fact)s", fact=LABELS[last]), "url": url, "post": True, "icon": "undo"}]


def _papers(quote_id: int) -> list[dict[str, Any]]:
    return [
        {
            "label": say("PDF in %(language)s", language=NAMES.get(one, one)),
            "url": url_for("quotes.paper", record_id=quote_id, language=one),
            "icon": "download",
        }
        for one in settings().languages
    ]


def _proposals(quote_id: int) -> list[dict[str, Any]]:
    """The templates that fill in what stands on the paper of a quote in preparation."""
    url = url_for("quotes.propose", record_id=quote_id)
    found = session().scalars(templates_for("quote", PROPOSAL))
    return [{"label": one.label, "url": url, "post": True, "fields": {"template": one.uid}} for one in found]


def _notice(quote: Quote, standing: str) -> Any:
    if standing == EXPIRED:
        return say("Its last day is over. A new version makes it valid again.")
    if standing == DRAFT and quote.valid_until < day_of(now()):
        return say("Its last day is over already. Give it a later one before you send it.")
    return None
