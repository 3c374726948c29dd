"""Two records side by side: merged, kept apart, or to be decided again."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.duplicates.comparison import chosen_values, comparison_of, hidden_roles, seen_versions
from implementor.duplicates.forms import DismissForm
from implementor.duplicates.models import MERGED, DuplicatePair
from implementor.duplicates.permissions import MERGE, VIEW
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.services.merging import merge_pair
from implementor.duplicates.services.pairs import dismiss_pair, reopen_pair
from implementor.duplicates.views.routing import blueprint, pair_or_404, record_url
from implementor.duplicates.weighed import weighing_of
from implementor.duplicates.wording import likelihood, said_parts
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:pair_id>")
@allow(VIEW)
def show(pair_id: int) -> ResponseReturnValue:
    """Both records side by side, with the choice of what stays."""
    pair, declared = pair_or_404(pair_id)
    if pair.state == MERGED:
        return redirect(url_for("duplicates.index", kind=pair.kind, state=MERGED), 303)
    return _draw_pair(pair, declared)


@blueprint.post("/<int:pair_id>/dismiss")
@allow(MERGE)
def dismiss(pair_id: int) -> ResponseReturnValue:
    """Say that the two are not one."""
    pair, declared = pair_or_404(pair_id)
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
    pair, _declared = pair_or_404(pair_id)
    reopen_pair(session(), pair)
    tell_done(say("The two are to be decided again."))
    return redirect(url_for("duplicates.show", pair_id=pair.id), 303)


@blueprint.post("/<int:pair_id>/merge")
@allow(MERGE)
def merge(pair_id: int) -> ResponseReturnValue:
    """Make one record of the two."""
    pair, declared = pair_or_404(pair_id)
    sent = request.form.to_dict()
    survivor_id = whole_number(sent.get("survivor"))
    if survivor_id is None:
        raise InvalidInput({"survivor": say("Choose which of the two records remains.")})
    take, versions = chosen_values(sent), seen_versions(sent)
    done = merge_pair(
        session(), declared, pair, survivor_id=survivor_id, take=take, versions=versions, by=actor(), at=now()
    )
    tell_done(say("%(title)s is merged. What belonged to it is found here now.", title=done.loser_title))
    return redirect(record_url(declared, survivor_id), 303)


def _draw_pair(pair: DuplicatePair, declared: Sameness, status: int = 200, **more: Any) -> Response:
    compared = comparison_of(session(), declared, present_scope(), pair.left_id, pair.right_id)
    shown: dict[str, Any] = {
        "pair": pair,
        "declared": declared,
        "compared": compared,
        "said_parts": partial(said_parts, declared=declared, hidden=hidden_roles(declared, actor())),
        "meaning": likelihood(pair.score, weighing_of(session(), pair.kind)),
        "may_merge": actor().may(MERGE) and all(page.is_changeable for page in compared.pages),
        "form": DismissForm(formdata=None),
    }
    return draw("duplicates/show.html", status, **{**shown, **more})
