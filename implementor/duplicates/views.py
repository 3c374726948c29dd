"""Candidates to look through, two records side by side, and merges to take apart."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.duplicates import queries
from implementor.duplicates.comparison import chosen_values, comparison_of, seen_versions
from implementor.duplicates.forms import DismissForm
from implementor.duplicates.models import DISMISSED, MERGED, OPEN, STATES, DuplicatePair, MergeRecord
from implementor.duplicates.permissions import MERGE, SCAN, VIEW
from implementor.duplicates.sameness import Sameness, sameness_of, samenesses
from implementor.duplicates.services.merging import merge_pair
from implementor.duplicates.services.pairs import ask_for_scan, dismiss_pair, pair_up, reopen_pair, require_seen
from implementor.duplicates.services.parting import CannotPart, part_records, parting_of
from implementor.duplicates.wording import likelihood, said_parts
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.pages import SortKey, bounded_count, page_of
from implementor.foundation.records import RecordRef
from implementor.foundation.records import kinds as record_kinds
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, phrase_from_json, say
from implementor.lists.record_page import present_scope
from implementor.web.found import one_or_404
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("duplicates", __name__, url_prefix="/crm/duplicates")
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
    offered = [one for one in samenesses.values() if actor().may(one.may_view)]
    if not offered:
        raise NotFound("duplicates")
    declared = _kind(request.args.get("kind") or offered[0].kind)
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
        declared=declared,
        kinds=[_tab(one.entity.label_plural, one is declared, kind=one.kind) for one in offered],
        states=[_tab(name, key == state, kind=declared.kind, state=key) for key, name in STATE_NAMES.items()],
        state=state,
        page=page,
        count=count,
        has_more=more,
        job=session().scalars(queries.latest_scan(declared.kind)).one_or_none(),
        likelihood=likelihood,
        said_parts=said_parts,
        may_scan=actor().may(SCAN),
    )


@blueprint.post("/search")
@allow(SCAN)
def search() -> ResponseReturnValue:
    """Look through every record of a kind in the background."""
    declared = _kind(request.form.get("kind", ""))
    job = ask_for_scan(session(), declared, by=actor(), at=now())
    session().flush()  # the answer leads to the job
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.post("/compare")
@allow(MERGE)
def compare() -> ResponseReturnValue:
    """Put two records side by side that somebody holds for one."""
    declared = _kind(request.form.get("kind", ""))
    one, other = (whole_number(request.form.get(name)) for name in ("one", "other"))
    if one is None or other is None:
        raise InvalidInput({"other": say("Choose the record to compare with.")})
    pair = pair_up(session(), declared, one, other, by=actor(), at=now())
    return redirect(url_for("duplicates.show", pair_id=pair.id), 303)


@blueprint.get("/<int:pair_id>")
@allow(VIEW)
def show(pair_id: int) -> ResponseReturnValue:
    """Both records side by side, with the choice of what stays."""
    pair, declared = _pair(pair_id)
    if pair.state == MERGED:
        return redirect(url_for("duplicates.index", kind=pair.kind, state=MERGED), 303)
    return _draw_pair(pair, declared)


@blueprint.post("/<int:pair_id>/dismiss")
@allow(MERGE)
def dismiss(pair_id: int) -> ResponseReturnValue:
    """Say that the two are not one."""
    pair, declared = _pair(pair_id)
    form = DismissForm()
    try:
        dismiss_pair(session(), pair, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_pair(pair, declared, 422, form=form)
    tell_done(say("The two stay apart, and no search proposes them again."))
    return redirect(url_for("duplicates.index", kind=pair.kind), 303)


@blueprint.post("/<int:pair_id>/reopen")
@allow(MERGE)
def reopen(pair_id: int) -> ResponseReturnValue:
    """Let the two be candidates again."""
    pair, _declared = _pair(pair_id)
    reopen_pair(session(), pair)
    tell_done(say("The two are to be decided again."))
    return redirect(url_for("duplicates.show", pair_id=pair.id), 303)


@blueprint.post("/<int:pair_id>/merge")
@allow(MERGE)
def merge(pair_id: int) -> ResponseReturnValue:
    """Make one record of the two."""
    pair, declared = _pair(pair_id)
    sent = request.form.to_dict()
    survivor_id = whole_number(sent.get("survivor"))
    if survivor_id is None:
        raise InvalidInput({"survivor": say("Choose which of the two records remains.")})
    take, versions = chosen_values(sent), seen_versions(sent)
    done = merge_pair(
        session(), declared, pair, survivor_id=survivor_id, take=take, versions=versions, by=actor(), at=now()
    )
    tell_done(say("%(title)s is merged. What belonged to it is found here now.", title=done.loser_title))
    return redirect(_record_url(declared, survivor_id), 303)


@blueprint.get("/merges/<int:merge_id>")
@allow(VIEW)
def show_merge(merge_id: int) -> ResponseReturnValue:
    """What a merge did, and what taking it apart would do now."""
    found, declared = _merge(merge_id)
    try:
        parting, obstacle = parting_of(session(), declared, found), None
    except CannotPart as refusal:
        parting, obstacle = None, refusal.reason
    shown: dict[str, Any] = {
        "merge": found,
        "declared": declared,
        "parting": parting,
        "obstacle": obstacle,
        "report": [phrase_from_json(one) for one in found.report or ()],
        "record_url": _record_url(declared, found.survivor_id),
        "labels": {one.attribute: one.label for one in declared.entity.shown_to(actor())},
    }
    return draw("duplicates/merge.html", **shown)


@blueprint.post("/merges/<int:merge_id>/part")
@allow(MERGE)
def part(merge_id: int) -> ResponseReturnValue:
    """Make two records of one again."""
    found, declared = _merge(merge_id)
    parting = part_records(session(), declared, found, by=actor(), at=now())
    tell(say("%(title)s is a record of its own again.", title=found.loser_title))
    if parting.conflicts:
        return redirect(url_for("duplicates.show_merge", merge_id=merge_id), 303)
    return redirect(_record_url(declared, found.loser_id), 303)


def _tab(label: Phrase, is_current: bool, **asked: Any) -> dict[str, Any]:
    return {"label": label, "url": url_for("duplicates.index", **asked), "is_current": is_current}


def _kind(kind: str) -> Sameness:
    """The kind, if this actor works with its records at all."""
    declared = sameness_of(kind)
    if not actor().may(declared.may_view):
        raise NotFound(kind)
    return declared


def _pair(pair_id: int) -> tuple[DuplicatePair, Sameness]:
    """A pair of records that the actor sees, both of them."""
    pair = one_or_404(queries.pair_by_id(pair_id))
    declared = _kind(pair.kind)
    require_seen(session(), declared, pair.left_id, pair.right_id, by=actor())
    return pair, declared


def _merge(merge_id: int) -> tuple[MergeRecord, Sameness]:
    found = one_or_404(queries.merge_by_id(merge_id))
    declared = _kind(found.kind)
    require_seen(session(), declared, found.survivor_id, found.survivor_id, by=actor())
    return found, declared


def _record_url(declared: Sameness, record_id: int) -> str:
    endpoint, values = record_kinds[declared.kind].endpoint_values(RecordRef(declared.kind, record_id))
    return url_for(endpoint, **values)


def _draw_pair(pair: DuplicatePair, declared: Sameness, status: int = 200, **more: Any) -> Response:
    compared = comparison_of(session(), declared, present_scope(), pair.left_id, pair.right_id)
    shown: dict[str, Any] = {
        "pair": pair,
        "declared": declared,
        "compared": compared,
        "said_parts": said_parts,
        "meaning": likelihood(pair.score),
        "may_merge": actor().may(MERGE) and all(page.is_changeable for page in compared.pages),
        "form": DismissForm(formdata=None),
    }
    return draw("duplicates/show.html", status, **{**shown, **more})
