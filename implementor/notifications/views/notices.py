"""What one was told: the page behind the bell, and how one wants to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.records import RecordRef, kinds
from implementor.foundation.words import Phrase, phrase_from_json, say
from implementor.notifications import notices, queries
from implementor.notifications.forms import ChoicesForm
from implementor.notifications.models import Notice
from implementor.notifications.news import heard_by
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
ON_A_PAGE = 30


@dataclass(frozen=True)
class Told:
    """A notice as its reader may see it: without title and address where the record is out of their sight by now."""

    notice: Notice
    sentence: Phrase
    title: str
    url: str


@blueprint.get("")
@allow(SIGNED_IN)
def index() -> Response:
    """Notices, newest first."""
    page = page_of(
        session(),
        queries.notices_of(_me()),
        order_by=[SortKey(Notice.id.expression, descending=True)],
        limit=ON_A_PAGE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return draw(
        "notifications/notices.html",
        told=_as_seen([row[0] for row in page.rows]),
        may_choose=bool(heard_by(actor())),
        next_url=page.next and url_for("notices.index", after=page.next),
        previous_url=page.previous and url_for("notices.index", before=page.previous),
    )


@blueprint.post("/read")
@allow(SIGNED_IN)
def read_all() -> ResponseReturnValue:
    """See nothing more of what was told until now."""
    notices.mark_all_read(session(), _me(), at=now())
    tell(say("All notices are read."))
    return redirect(url_for("notices.index"), 303)


@blueprint.post("/<int:notice_id>/open")
@allow(SIGNED_IN)
def read(notice_id: int) -> ResponseReturnValue:
    """Go to what a notice is about, which is read by that."""
    notice = session().scalars(queries.notice_of(_me(), notice_id)).one_or_none()
    if notice is None:
        raise NotFound("notice")
    notices.mark_read(notice, at=now())
    (seen,) = _as_seen([notice])
    return redirect(seen.url or url_for("notices.index"), 303)


@blueprint.get("/choices")
@allow(SIGNED_IN)
def choices() -> Response:
    """How one is told of what."""
    form = ChoicesForm(formdata=None).offer(heard_by(actor()))
    ways = notices.ways_of(session(), _me(), heard_by(actor()))
    form.bell.data = [key for key, (by_bell, _) in ways.items() if by_bell]
    form.mail.data = [key for key, (_, by_mail) in ways.items() if by_mail]
    return draw("notifications/choices.html", form=form)


@blueprint.post("/choices")
@allow(SIGNED_IN)
def choose() -> ResponseReturnValue:
    """Keep it."""
    form = ChoicesForm().offer(heard_by(actor()))
    if not form.validate():
        return draw("notifications/choices.html", 422, form=form)
    notices.choose_ways(session(), _me(), heard_by(actor()), form.ways())
    tell(say("You hear of things as you chose."))
    return redirect(url_for("notices.choices"), 303)


def _me() -> int:
    user_id = actor().user_id
    assert user_id is not None  # signed in
    return user_id


def _as_seen(found: Iterable[Notice]) -> list[Told]:
    """Notices with the titles of their records as far as they are seen; one statement for each kind of record."""
    shown, by_kind = list(found), defaultdict(set)
    for one in shown:
        by_kind[one.record_kind].add(one.record_id)
    titles: dict[RecordRef, tuple[str, str]] = {}
    for name, ids in sorted(by_kind.items()):
        if name not in kinds:
            continue
        for row in session().execute(kinds[name].visible(actor(), sorted(ids))):
            endpoint, values = kinds[name].endpoint_values(row)
            titles[RecordRef(name, row.id)] = (str(row.title or kinds[name].label), url_for(endpoint, **values))
    nothing = ("", "")
    return [
        Told(one, phrase_from_json(one.sentence), *titles.get(RecordRef(one.record_kind, one.record_id), nothing))
        for one in shown
    ]
