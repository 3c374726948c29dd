"""Adding many people to a campaign: choose a list, see who would join and who is left out, then let them join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.campaigns import permissions
from implementor.crm.campaigns.forms import JoiningForm
from implementor.crm.campaigns.joining import IN_A_REQUEST, MOST, Joining, join_many, look_ahead, summary_of
from implementor.crm.campaigns.members import PEOPLE
from implementor.crm.campaigns.models import Campaign
from implementor.crm.campaigns.origins import adopt_leads
from implementor.crm.campaigns.views.routing import blueprint, campaign_or_404
from implementor.crm.campaigns.words import CHANNEL
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.jobs.services import enqueue
from implementor.lists.bulk import Selection
from implementor.lists.queries import views_for, visible_view
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@dataclass(frozen=True)
class Wanted:
    """Whom a form asks for: the kind, their ids, and the channel."""

    kind: str
    ids: Sequence[int]
    channel: str | None


@blueprint.get("/<int:record_id>/add-members")
@allow(permissions.EDIT_MEMBERS)
def join_page(record_id: int) -> ResponseReturnValue:
    """Ask whom to add."""
    return _draw(campaign_or_404(record_id), JoiningForm())


@blueprint.post("/<int:record_id>/add-members")
@allow(permissions.EDIT_MEMBERS)
def join(record_id: int) -> ResponseReturnValue:
    """Show what would happen, then add them; many by a job."""
    campaign, form = campaign_or_404(record_id), JoiningForm()
    if not form.validate():
        return _draw(campaign, form, status=422)
    try:
        wanted = _wanted(form)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(campaign, form, status=422)
    if request.form.get("step") != "apply":
        return _draw(campaign, form, look_ahead(session(), campaign.id, *_asked(wanted), at=now()))
    if len(wanted.ids) > IN_A_REQUEST:
        return _by_job(campaign, wanted)
    done = join_many(session(), campaign, *_asked(wanted), by=actor(), at=now())
    tell_done(say_n("%(count)s member is added.", "%(count)s members are added.", done.added))
    for count, reason in done.reasons():
        tell(say_n("%(count)s is left out: %(reason)s", "%(count)s are left out: %(reason)s", count, reason=reason))
    return redirect(url_for("campaigns.show", record_id=record_id), 303)


@blueprint.post("/<int:record_id>/adopt-leads")
@allow(permissions.EDIT)
def adopt(record_id: int) -> ResponseReturnValue:
    """Count the leads in that name this campaign."""
    count = adopt_leads(session(), campaign_or_404(record_id), present_scope())
    tell_done(say_n("%(count)s lead is counted in.", "%(count)s leads are counted in.", count))
    return redirect(url_for("campaigns.show", record_id=record_id), 303)


def _asked(wanted: Wanted) -> tuple[str, Sequence[int], str | None]:
    return wanted.kind, wanted.ids, wanted.channel


def _by_job(campaign: Campaign, wanted: Wanted) -> ResponseReturnValue:
    url = url_for("campaigns.show", record_id=campaign.id)
    job = enqueue(
        session(),
        "crm.campaigns.add_members",
        arguments={
            "campaign_id": campaign.id, "kind": wanted.kind, "ids": list(wanted.ids), "channel": wanted.channel,
            "url": url,
        },
        title=summary_of(campaign, wanted.kind),
        by=actor(),
        at=now(),
    )  # fmt: skip
    session().flush()  # the answer leads to the job's page
    return redirect(url_for("jobs.show", job_id=job.id), 303)


def _wanted(form: JoiningForm) -> Wanted:
    """Whom the form means. Raises InvalidInput."""
    channel = form.channel.data or None
    if channel is not None and channel not in live.present().picklist(CHANNEL.key).by_key:
        raise InvalidInput({"channel": say("Choose one of the list.")})
    kind, query = _list_of(form.of.data or "", (form.address.data or "").strip())
    scope, sheet = present_scope(), sheet_of(kind)
    selection = Selection((), True, parse_qs(query))
    ids = session().scalars(selection.statement(sheet, scope).limit(MOST + 1)).all()
    if not ids:
        raise InvalidInput({"of": say("There is nobody in this list.")})
    if len(ids) > MOST:
        raise InvalidInput({"of": say("More than %(most)s at once are too many. Filter the list.", most=MOST)})
    return Wanted(kind, ids, channel)


def _list_of(of: str, address: str) -> tuple[str, str]:
    """The kind and the query of a list, by its address or as it was chosen."""
    if address:
        found = urlsplit(address)
        for kind in PEOPLE:
            if found.path.rstrip("/").endswith(url_for(f"{crm_kinds[kind].plural}.index")):
                return _readable(kind, "address"), found.query
        raise InvalidInput({"address": say("That is not the address of a list of contacts or leads.")})
    kind, _colon, view = of.partition(":")
    if kind not in PEOPLE:
        raise InvalidInput({"of": say("Choose a list.")})
    _readable(kind, "of")
    number = whole_number(view)
    if number is None:
        return kind, ""
    found_view = session().scalars(visible_view(view_id=number, scope=present_scope())).one_or_none()
    if found_view is None or found_view.entity_kind != kind:
        raise InvalidInput({"of": say("Choose a list.")})
    return kind, found_view.address


def _readable(kind: str, field: str) -> str:
    if not actor().may(crm_kinds[kind].may_view):
        raise InvalidInput({field: say("Choose a list.")})
    return kind


def _lists() -> list[tuple[str, Phrase]]:
    """The lists that can be chosen: everybody of a kind, and the views of it that are kept."""
    found: list[tuple[str, Phrase]] = []
    for kind in (one for one in PEOPLE if actor().may(crm_kinds[one].may_view)):
        label = crm_kinds[kind].entity.label_plural
        found.append((kind, say("%(kinds)s: all", kinds=label)))
        for view, _pinned in session().execute(views_for(kind=kind, scope=present_scope())):
            found.append((f"{kind}:{view.id}", say("%(kinds)s: %(view)s", kinds=label, view=view.name)))
    return found


def _draw(campaign: Campaign, form: JoiningForm, ahead: Joining | None = None, status: int = 200) -> Response:
    shown: dict[str, Any] = {"record_id": campaign.id, "title": campaign.name, "ahead": ahead}
    return draw("crm/campaigns/join.html", status, form=form.offer(_lists()), **shown)
