"""What templates and rules add: their pages, kinds of record, undo."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Flask, url_for
from sqlalchemy import false

from implementor.automation import catalogue
from implementor.automation.mentions import rules_naming, templates_naming
from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.automation.queries import template_by_id, templates
from implementor.configuration import queries
from implementor.configuration.permissions import CONFIGURE
from implementor.foundation.mentions import mentions_of
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.lists.sheets import Sheet, sheet
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    mentions_of("automation", rules_naming)
    mentions_of("templates", templates_naming)
    directory(app).items += [
        NavItem("settings", say("Templates"), "automation.list_templates", CONFIGURE, order=66),
        NavItem("settings", say("Automation"), "automation.list_rules", CONFIGURE, order=67),
    ]
    for entity, endpoint, name in (
        (catalogue.TEMPLATE, "automation.edit_template", "template_id"),
        (catalogue.RULE, "automation.edit_rule", "rule_id"),
    ):
        visible = partial(queries.titles, entity.model, entity.fields[entity.title_field].column)
        place = partial(_place, endpoint, name)
        record_kind(RecordKind(entity.kind, entity.label, entity.model, visible, place))
    sheet(
        Sheet(
            entity=catalogue.TEMPLATE,
            base=lambda _scope: templates().order_by(None),
            record=lambda _scope, template_id: template_by_id(template_id),
            record_url=lambda row: url_for("automation.edit_template", template_id=row.id),
            index_url=lambda: url_for("automation.list_templates"),
            may_view=CONFIGURE,
            may_edit=CONFIGURE,
            change=lambda _session, _template, _values, _by, _at: None,
            may_change=lambda _scope: false(),
            archived_here=False,
        )
    )
    undoable.update(
        message_template=Restorer(MessageTemplate, may=CONFIGURE),
        automation_rule=Restorer(AutomationRule, may=CONFIGURE),
    )


def _place(endpoint: str, name: str, row: Any) -> tuple[str, dict[str, Any]]:
    return endpoint, {name: row.id}
