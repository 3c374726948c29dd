"""Converting a lead: choosing what it becomes, seeing what would be written, doing it, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.leads import permissions, queries
from implementor.crm.leads.candidates import Candidate, Candidates, candidates_of
from implementor.crm.leads.converting import Becoming, convert_lead
from implementor.crm.leads.forms import CHOSEN, NEW, NONE, choice_form, deal_form, not_chosen, parsed_choice
from implementor.crm.leads.lifecycle import SQL
from implementor.crm.leads.models import Lead
from implementor.crm.leads.preview import previews, staying
from implementor.crm.leads.taking_back import take_back_conversion
from implementor.crm.leads.views.routing import blueprint, lead_or_404
from implementor.crm.leads.words import STAGE_NAMES
from implementor.foundation.amounts import typed_money
from implementor.foundation.errors import InvalidInput
from implementor.foundation.lookup import lookups
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import abandon, now, session

Options = list[tuple[str, Any]]


@blueprint.get("/<int:record_id>/convert")
@allow(permissions.CONVERT)
def convert_page(record_id: int) -> ResponseReturnValue:
    """What the lead may become; with choices in the address, what would be written."""
    return _draw(lead_or_404(record_id), request.args.to_dict(flat=False))


@blueprint.post("/<int:record_id>/convert")
@allow(permissions.CONVERT)
def convert(record_id: int) -> ResponseReturnValue:
    """Convert the lead and show what it became."""
    lead = lead_or_404(record_id)
    deal = deal_form(present_scope(), session())
    is_valid = request.form.get("opportunity") != NEW or deal.validate()
    if not is_valid:
        return _again(record_id, deal)
    try:
        chosen = {kind: parsed_choice(kind, request.form.get(kind)) for kind in CHOSEN}
        values = deal.values() if chosen["opportunity"] == NEW else {}
        if "amount" in values and values["amount"] is None:
            values["currency"] = None  # whoever empties the amount wants none
        convert_lead(session(), lead, Becoming(**chosen, deal=values), by=actor(), at=now())
        session().flush()
    except InvalidInput as refusal:
        deal.refuse(refusal)
        return _again(record_id, deal)
    tell_done(say("%(name)s is converted.", name=lead.name))
    return redirect(url_for("leads.show", record_id=record_id), 303)


@blueprint.post("/<int:record_id>/take-back")
@allow(permissions.CONVERT)
def take_back(record_id: int) -> ResponseReturnValue:
    """Take the conversion back, if nobody has touched what came of it."""
    lead = lead_or_404(record_id)
    take_back_conversion(session(), lead, by=actor(), at=now())
    tell_done(say("%(name)s is sales qualified again. What the conversion made is archived.", name=lead.name))
    return redirect(url_for("leads.show", record_id=record_id), 303)


def _again(record_id: int, deal: Any) -> ResponseReturnValue:
    """The page with what was chosen and why it cannot be done; what the attempt wrote is gone."""
    abandon()
    sent = {kind: [request.form.get(kind, "")] for kind in CHOSEN}
    return _draw(lead_or_404(record_id), sent, deal, 422)


def _draw(lead: Lead, sent: dict[str, list[str]], deal: Any = None, status: int = 200) -> Response:
    scope = present_scope()
    page = record_page(session(), sheet_of("lead"), scope, lead.id)
    facts = session().execute(queries.pointers_of(lead.id)).one()
    candidates = candidates_of(session(), lead.id, facts, lead.website, actor())
    options = {kind: _options(kind, lead, candidates) for kind in CHOSEN}
    form = choice_form(scope, session(), options, sent if _is_asked(sent) else _usual(lead, candidates))
    chosen, errors = _chosen(form) if _is_asked(sent) else ({}, {})
    drawn, wrong = previews(session(), lead, chosen, actor())
    form.refuse(InvalidInput(errors | wrong))
    return draw(
        "crm/leads/convert.html",
        status,
        page=page,
        lead=lead,
        form=form,
        previews=drawn,
        chosen={kind: str(chosen.get(kind) or NONE) for kind in CHOSEN} if chosen and not errors | wrong else None,
        deal=(deal or _new_deal(lead)) if chosen.get("opportunity") == NEW else deal,
        staying=staying({name: cell for name, cell in page.cells.items() if not cell.is_empty}),
        is_ready=lead.stage == SQL,
        stage_name=STAGE_NAMES[lead.stage],
    )


def _is_asked(sent: dict[str, list[str]]) -> bool:
    """Whether somebody chose anything yet."""
    return any(kind in sent for kind in CHOSEN)


def _new_deal(lead: Lead) -> Any:
    """The form of the new opportunity with what the lead says about it."""
    form = deal_form(present_scope(), session())
    form["name"].data = lead.company or lead.name
    if "amount" in form and lead.potential_amount is not None and lead.currency is not None:
        form["amount"].data = typed_money(lead.potential_amount, lead.currency)
    return form


def _chosen(form: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form says of each kind, and what it leaves open."""
    chosen: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for kind in CHOSEN:
        other = form[f"other_{kind}"]
        if other.errors:
            errors[kind] = not_chosen(kind)
            continue
        try:
            chosen[kind] = parsed_choice(kind, other.data or form[kind].data)
        except InvalidInput as refusal:
            errors |= refusal.errors
    return chosen, errors


def _usual(lead: Lead, candidates: Candidates) -> dict[str, list[str]]:
    """What is chosen as the page opens: whom the lead points at itself; a new one only where nobody is like it."""
    person = lead.first_name or lead.last_name
    return {
        "account": [_usual_one(lead.account_id, candidates.accounts, lead.company)],
        "contact": [_usual_one(lead.contact_id, candidates.contacts, person)],
        "opportunity": [str(lead.opportunity_id or NEW)],
    }


def _usual_one(pointed: int | None, known: Any, name: str | None) -> str:
    if pointed is not None:
        return str(pointed)
    return "" if known else NEW if name else NONE


def _options(kind: str, lead: Lead, candidates: Candidates) -> Options:
    found: dict[str, Any] = {"": say("Choose …")}
    pointed = getattr(lead, f"{kind}_id")
    if pointed is not None:
        title = session().execute(lookups[kind].titles([pointed], actor())).first()
        found[str(pointed)] = say("%(title)s, whom the lead comes from", title=title[1]) if title else str(pointed)
    for one in {"account": candidates.accounts, "contact": candidates.contacts}.get(kind, ()):
        found.setdefault(str(one.id), _option(one))
    if kind == "opportunity" and lead.account_id is not None:
        for row in session().execute(queries.open_sales(lead.account_id, actor())):
            found.setdefault(str(row.id), row.name)
    return [*found.items(), (NEW, _new_label(kind)), (NONE, _none_label(kind))]


def _new_label(kind: str) -> Any:
    labels = {"account": say("A new account"), "contact": say("A new contact")}
    return labels.get(kind) or say("A new opportunity")


def _none_label(kind: str) -> Any:
    labels = {"account": say("No account"), "contact": say("No contact")}
    return labels.get(kind) or say("No opportunity")


def _option(one: Candidate) -> Any:
    if one.beside:
        return say("%(title)s, %(beside)s: %(why)s", title=one.title, beside=one.beside, why=one.why)
    return say("%(title)s: %(why)s", title=one.title, why=one.why)
