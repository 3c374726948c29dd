"""The templates of mails and proposals: list, form, preview with a real record, withdrawn and restored."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from implementor.automation import queries
from implementor.automation.catalogue import TEMPLATE
from implementor.automation.filling import filled_parts
from implementor.automation.forms import TemplateForm
from implementor.automation.models import MessageTemplate
from implementor.automation.naming import places_of
from implementor.automation.services import templates as services
from implementor.automation.views.blueprint import blueprint
from implementor.automation.views.found import changes_of, one_or_404, plainly
from implementor.automation.words import PURPOSE_KINDS, PURPOSES
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services.kinds import shapeable
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity, Scope, entities
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

NEWEST = 10
PARTS = {"email": ("subject", "body"), "proposal": ("body", "terms")}


@blueprint.get("/settings/templates")
@allow(CONFIGURE)
def list_templates() -> Response:
    """Every template, and those that are withdrawn."""
    return draw(
        "automation/templates.html",
        page=list_page(session(), sheet_of(TEMPLATE.kind), present_scope(), request.args.to_dict(flat=False)),
        withdrawn=session().scalars(queries.templates(archived=True)).all(),
        entities=entities,
        purposes=PURPOSES,
        offered=[(purpose, entities[kind]) for purpose, kinds in PURPOSE_KINDS.items() for kind in kinds],
    )


@blueprint.get("/settings/templates/new/<purpose>/<record_kind>")
@allow(CONFIGURE)
def new_template(purpose: str, record_kind: str) -> Response:
    """The form of a template that is not there yet."""
    return _page(_entity(purpose, record_kind), purpose, None, TemplateForm(formdata=None))


@blueprint.post("/settings/templates/new/<purpose>/<record_kind>")
@allow(CONFIGURE)
def add_template(purpose: str, record_kind: str) -> ResponseReturnValue:
    """Write a template."""
    entity, form = _entity(purpose, record_kind), TemplateForm()
    try:
        template = services.add_template(session(), record_kind, form.wish(purpose), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, purpose, None, form, 422)
    return _told(template, say("The template %(name)s is there.", name=template.label))


@blueprint.get("/settings/templates/<int:template_id>")
@allow(CONFIGURE)
def edit_template(template_id: int) -> Response:
    """One template, its form and how it looks filled in."""
    template = _found(template_id)
    form = TemplateForm(formdata=None, obj=template)
    return _page(shapeable(template.kind), template.purpose, template, form)


@blueprint.post("/settings/templates/<int:template_id>")
@allow(CONFIGURE)
def change_template(template_id: int) -> ResponseReturnValue:
    """Change a template."""
    template, form = _found(template_id), TemplateForm()
    entity, purpose = shapeable(template.kind), template.purpose
    if form.is_newer(template):
        return _page(entity, purpose, template, form, 422)
    try:
        services.change_template(session(), template, form.wish(purpose), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, purpose, template, form, 422)
    return _told(template, say("The template %(name)s is changed.", name=template.label))


@blueprint.post("/settings/templates/<int:template_id>/withdraw")
@allow(CONFIGURE)
def withdraw_template(template_id: int) -> ResponseReturnValue:
    """Offer a template to nobody any more."""
    template = _found(template_id)
    services.withdraw_template(session(), template, by=actor(), at=now())
    tell_done(say("The template %(name)s is withdrawn.", name=template.label))
    return redirect(url_for("automation.list_templates"), 303)


@blueprint.post("/settings/templates/<int:template_id>/restore")
@allow(CONFIGURE)
def restore_template(template_id: int) -> ResponseReturnValue:
    """Offer a template again."""
    template = _found(template_id)
    try:
        services.restore_template(session(), template, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(template, say("The template %(name)s is there again.", name=template.label))


def _found(template_id: int) -> MessageTemplate:
    return one_or_404(queries.template_by_id(template_id))


def _entity(purpose: str, kind: str) -> Entity:
    if kind not in PURPOSE_KINDS.get(purpose, ()):
        raise NotFound(kind)
    return shapeable(kind)


def _told(template: MessageTemplate, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("automation.edit_template", template_id=template.id), 303)


def _page(
    entity: Entity, purpose: str, template: MessageTemplate | None, form: TemplateForm, status: int = 200
) -> Response:
    form.offer([(one.key, one.label) for one in live.present().picklist(services.CONSENTS).offered])
    return draw(
        "automation/template.html",
        status,
        entity=entity,
        purpose=purpose,
        purpose_label=PURPOSES[purpose],
        template=template,
        form=form,
        places=places_of(entity),
        preview=_preview(entity, template) if template is not None else None,
        timeline=changes_of(message_template=[template.id]) if template is not None else None,
    )


def _preview(entity: Entity, template: MessageTemplate) -> dict[str, Any] | None:
    """The template filled in from one of the newest records that the reader sees, in both languages."""
    newest = session().execute(_newest(entity)).all()
    asked = whole_number(request.args.get("record") or "")
    chosen = next((row for row in newest if row.id == asked), newest[0] if newest else None)
    if chosen is None:
        return None
    parts = {
        language: filled_parts(
            session(), template, chosen.id, language=language, by=actor(), parts=PARTS[template.purpose]
        )
        for language in ("en", "es")
    }
    return {"records": newest, "chosen": chosen.id, "parts": parts}


def _newest(entity: Entity) -> Select[Any]:
    title = entity.fields[entity.title_field].column
    found = sheet_of(entity.kind).base(Scope(None, actor()))
    return found.with_only_columns(entity.model.id, title.label("title")).order_by(entity.model.id.desc()).limit(NEWEST)
