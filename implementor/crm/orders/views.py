"""The pages of orders: list and record, noting what happened, and taking back what was noted by mistake."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.orders import permissions, queries
from implementor.crm.orders.facts import APPROVED, CANCELLED, FACTS, needing, possible_next
from implementor.crm.orders.following import Happening, note_fact, take_fact_back
from implementor.crm.orders.forms import FactForm
from implementor.crm.orders.models import Order
from implementor.crm.orders.words import DOCUMENTS, ICONS, LABELS, STATES
from implementor.crm.records.pages import record_pages
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.local_days import local_day
from implementor.foundation.words import say, speech
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor, allow
from implementor.web.language import show_date
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


def way_of_record(page: RecordPage) -> dict[str, Any]:
    """The facts of an order as steps, and what can be noted or taken back now."""
    rows = {row.kind: row for row in session().execute(queries.known_facts(page.id))}
    shown = [kind for kind in FACTS if kind != CANCELLED or kind in rows]
    latest = max(rows.values(), key=lambda row: (row.at, FACTS.index(row.kind)), default=None)
    offered = [kind for kind in possible_next(list(rows)) if kind != APPROVED or actor().may(permissions.APPROVE)]
    last = [kind for kind in reversed(FACTS) if kind in rows and not needing(kind, list(rows))]
    return {
        "way": [_step(kind, rows.get(kind), latest) for kind in shown],
        "state": next(one for one in STATES if one.key == (latest.kind if latest else "draft")),
        "next": offered[0] if offered and offered[0] != CANCELLED else None,
        "labels": LABELS,
        "fact_items": [_item(kind, page) for kind in offered],
        "back_items": [
            {
                "label": say("Take back: %(fact)s", fact=LABELS[kind]),
                "url": url_for("orders.take_back", record_id=page.id, fact=kind),
                "post": True,
                "icon": "undo",
            }
            for kind in last
            if kind != APPROVED or actor().may(permissions.APPROVE)
        ],
    }


def _step(kind: str, row: Any, latest: Any) -> dict[str, Any]:
    """A fact as `ui.steps` wants it."""
    tone = "neutral" if row is None else "off" if kind == CANCELLED else "ok"
    return {
        "name": LABELS[kind],
        "word": show_date(local_day(row.at)) if row is not None else "",
        "note": row.document if row is not None else None,
        "tone": tone,
        "is_current": row is not None and row is latest,
        "url": None,
    }


def _item(kind: str, page: RecordPage) -> dict[str, Any]:
    url = url_for("orders.note_page", record_id=page.id, fact=kind)
    return {"label": LABELS[kind], "url": url, "icon": ICONS.get(kind, "arrow-right"), "danger": kind == CANCELLED}


blueprint = record_pages(
    "order", "orders", permissions.VIEW, template="crm/orders/show.html", context=way_of_record
)  # fmt: skip


@blueprint.get("/<int:record_id>/facts/<fact>")
@allow(permissions.EDIT)
def note_page(record_id: int, fact: str) -> ResponseReturnValue:
    """Ask when it happened, and for the number of its paper."""
    return _draw(_order(record_id), _known(fact), FactForm(data={"on": today()}))


@blueprint.post("/<int:record_id>/facts/<fact>")
@allow(permissions.EDIT)
def note(record_id: int, fact: str) -> ResponseReturnValue:
    """Note that it happened."""
    order, form = _order(record_id), FactForm()
    if not form.validate() or form.on.data is None:
        return _draw(order, _known(fact), form, 422)
    told = Happening(_known(fact), _moment(form.on.data), form.document.data or "", form.note.data or "")
    try:
        note_fact(session(), order, told, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(order, fact, form, 422)
    tell_done(say("%(number)s: %(fact)s.", number=order.number, fact=LABELS[fact]))
    return redirect(url_for("orders.show", record_id=record_id), 303)


@blueprint.post("/<int:record_id>/facts/<fact>/take-back")
@allow(permissions.EDIT)
def take_back(record_id: int, fact: str) -> ResponseReturnValue:
    """Take back what was noted by mistake."""
    order = _order(record_id)
    if take_fact_back(session(), order, _known(fact), by=actor(), at=now()) is not None:
        tell_done(say("%(number)s: %(fact)s is taken back.", number=order.number, fact=LABELS[fact]))
    return redirect(url_for("orders.show", record_id=record_id), 303)


def _moment(day: date) -> datetime:
    """Now, where it happened today; else the noon of that day where the person is."""
    zone = speech().zone
    if day == now().astimezone(zone).date():
        return now()
    return datetime.combine(day, time(12), zone).astimezone(now().tzinfo)


def _known(fact: str) -> str:
    if fact not in FACTS:
        abort(404)
    return fact


def _order(record_id: int) -> Order:
    """The order in use of that id, within what the reader sees."""
    found = session().scalars(queries.order_to_change(record_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("order")
    return found


def _draw(order: Order, fact: str, form: FactForm, status: int = 200) -> Response:
    form.document.label.text = str(DOCUMENTS[fact])
    return draw("crm/orders/note.html", status, form=form, order=order, fact=fact, label=LABELS[fact])
