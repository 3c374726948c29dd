"""The list of pairs, a search of everything, and two records that somebody puts side by side."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.duplicates import queries
from implementor.duplicates.comparison import hidden_roles
from implementor.duplicates.forms import compare_form
from implementor.duplicates.models import DISMISSED, MERGED, OPEN, STATES, DuplicatePair
from implementor.duplicates.permissions import MERGE, SCAN, VIEW, WEIGH
from implementor.duplicates.sameness import Sameness, samenesses
from implementor.duplicates.services.pairs import ask_for_scan, pair_up
from implementor.duplicates.views.routing import blueprint, kind_or_404
from implementor.duplicates.weighed import weighing_of
from implementor.duplicates.wording import likelihood, said_parts
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.pages import SortKey, bounded_count, page_of
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ON_A_PAGE = 25
STATE_NAMES: dict[str, Phrase] = {
    OPEN: say("To decide"),
    DISMISSED: say("Told apart"),
    MERGED: say("Merged"),
}


@blueprint.get("")
@allow(VIEW)
def index() -> ResponseReturnValue:
    """The candidates of one kind, the likeliest first."""
    offered = _offered()
    if not offered:
        raise NotFound("duplicates")
    declared = kind_or_404(request.args.get("kind") or offered[0].kind)
    return _draw_list(declared, compare_form(declared.kind, actor(), session(), formdata=None))


def _offered() -> list[Sameness]:
    return [one for one in samenesses.values() if actor().may(one.may_view)]


def _draw_list(declared: Sameness, form: Any, status: int = 200) -> Response:
    state = request.args.get("state", OPEN)
    if state not in STATES:
        raise NotFound(state)
    pairs = queries.pairs_of_kind(declared, state=state, actor=actor())
    order = (SortKey(DuplicatePair.score, descending=True), SortKey(DuplicatePair.id, descending=True))
    asked = {name: request.args.get(name) for name in ("after", "before")}
    page = page_of(session(), pairs, order_by=order, limit=ON_A_PAGE, **asked)
    count, more = bounded_count(session(), pairs)
    return draw(
        "duplicates/index.html",
        status,
        declared=declared,
        form=form,
        kinds=[_tab(one.entity.label_plural, one is declared, kind=one.kind) for one in _offered()],
        states=[_tab(name, key == state, kind=declared.kind, state=key) for key, name in STATE_NAMES.items()],
        state=state,
        page=page,
        count=count,
        has_more=more,
        job=session().scalars(queries.latest_scan(declared.kind)).one_or_none(),
        likelihood=partial(likelihood, weighing=weighing_of(session(), declared.kind)),
        said_parts=partial(said_parts, declared=declared, hidden=hidden_roles(declared, actor())),
        may_scan=actor().may(SCAN),
        may_weigh=actor().may(WEIGH),
        may_merge=actor().may(MERGE),
    )


@blueprint.post("/search")
@allow(SCAN)
def search() -> ResponseReturnValue:
    """Look through every record of a kind in the background."""
    declared = kind_or_404(request.form.get("kind", ""))
    job = ask_for_scan(session(), declared, by=actor(), at=now())
    session().flush()  # the answer leads to the job
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.post("/compare")
@allow(MERGE)
def compare() -> ResponseReturnValue:
    """Put two records side by side that somebody holds for one."""
    declared = kind_or_404(request.form.get("kind", ""))
    form = compare_form(declared.kind, actor(), session())
    chosen = [whole_number(form[name].data) for name in ("one", "other")] if form.validate() else []
    if None in chosen:
        form.refuse(InvalidInput({"other": say("Choose both records.")}))
    if not chosen or None in chosen:
        return _draw_list(declared, form, 422)
    one, other = (number for number in chosen if number is not None)
    pair = pair_up(session(), declared, one, other, by=actor(), at=now())
    return redirect(url_for("duplicates.show", pair_id=pair.id), 303)


def _tab(label: Phrase, is_current: bool, **asked: Any) -> dict[str, Any]:
    return {"label": label, "url": url_for("duplicates.index", **asked), "is_current": is_current}
