"""Kinds of setting: whatever an operation does to what is live, its way back brings what was there before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.models import PicklistValue, PipelineStage
from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.fields import entities
from implementor.foundation.live import LiveConfiguration, living
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.foundation.shapes import PLAIN, Shape
from implementor.releases.item_kinds import Operation, item_kinds
from implementor.releases.item_services import drawn_up
from implementor.releases.setting_kinds import Wish, setting_kind
from tests.auth.builders import add_person, reading, working
from tests.calendars.builders import make_calendar
from tests.configuration.builders import live_now, sales
from tests.crm.builders import company
from tests.projects.builders import NOW

NAMES = {"label_en": "Brand new", "label_es": "Recién hecho"}
ONE_AND_MANY = {
    "singular_en": "Shop", "singular_es": "Tienda", "plural_en": "Shops", "plural_es": "Tiendas",
}  # fmt: skip
WHERE = {"field_1": "type", "test_1": "is_set"}
ADDED: Mapping[str, dict[str, Any]] = {
    "choice_value": {"list": "product.unit", "tone": "ok", "default": True, **NAMES},
    "pipeline": {"currency": "EUR", **NAMES},
    "pipeline_stage": {"pipeline": None, "kind": "open", "probability": 30, "forecast": "commit", **NAMES},
    "custom_field": {"kind": "account", "field_kind": "choice", "words": "Blue / Azul\nRed / Rojo", **NAMES},
    "field_label": {"kind": "account", "field": "website", **NAMES},
    "kind_label": {"kind": "account", **ONE_AND_MANY},
    "required_rule": {"kind": "account", "field": "website", "strength": "edit", **NAMES, **WHERE},
    "assignment_rule": {"kind": "lead", "way": "person", "person": "gil@example.com", **NAMES},
    "message_template": {
        "kind": "lead",
        "subject_en": "Hello",
        "subject_es": "Hola",
        "body_en": "Dear {{ name }}",
        "body_es": "Hola, {{ name }}",
        **NAMES,
    },
    "automation_rule": {
        "kind": "lead",
        "event": "changed",
        "field": "stage",
        "do_1": "follow_up",
        "text_1": "Call",
        "in_days_1": 0,
        "do_2": "set",
        "set_2": "urgency",
        "to_value_2": "Later",
        **NAMES,
    },
    "saved_report": {
        "kind": "account",
        "shown": "table",
        "aggregate_1": "count",
        "by_1": "type",
        "by_2": "month:created_at",
        "filter_1": "type",
        "asked_1": "Customer",
        "window": "rolling",
        "window_by": "created_at",
        "window_days": 90,
        "shared": "all",
        **NAMES,
    },
    "service_level": {"kind": "case", "target_normal_resolution": "8 h", "warn_percent": 80, **NAMES},
}
"""What is asked for when one of a kind is added."""
CHANGED: Mapping[str, dict[str, Any]] = {
    "choice_value": {"tone": "risk", "default": True, "place": "first", **NAMES},
    "pipeline": {"currency": "USD", **NAMES},
    "pipeline_stage": {"probability": 33, "days_limit": 5, "required_fields": ["next_step"], "place": "first", **NAMES},
    "custom_field": {"hint_en": "What it looks like", "hint_es": "Su aspecto", "is_filterable": True},
    "field_label": {"label_es": "Página"},
    "kind_label": {"plural_en": "Stores"},
    "required_rule": {"strength": "warn", "in_imports": True, "field_1": "", "test_1": ""},
    "assignment_rule": {"label_es": "Otra regla"},
    "message_template": {"consent": "newsletter", "body_es": "Buenas, {{ owner }}"},
    "automation_rule": {"event": "created", "to_value_2": "At once", "in_bulk": True},
    "service_level": {"target_high_first_response": "1:30", "when_category": ["fault"], "place": "first"},
    "saved_report": {"shown": "records", "columns": ["name", "type"], "shared": "crm_manager"},
    "list_columns": {"columns": ["name", "website"], "sort": "-updated_at"},
    "duplicate_weights": {"phone": 150, "domain": 0, "possible": 70},
    "page_layout": {
        "heading_en_1": "In short",
        "heading_es_1": "En breve",
        "under_website": "1",
        "under_name": "1",
        "left_out": ["description"],
    },
    "module_switch": {"is_used": False},
    "access_profile": {"see": "all", "edit": "none", "hidden": ["description"], "read_only": []},
}
SELLER = Actor(None, "Sol", roles=frozenset({Role.CRM_USER}))
OF_KINDS = ("columns:account", "layout:account", "weights:account", "module:campaign")
KINDS = sorted({*ADDED, *CHANGED})


def shipped(app: Flask) -> None:
    """What the program ships is live."""
    with working(app) as session:
        bring_in_shipped(session, at=NOW)


def wish(app: Flask, kind: str, verb: Any) -> Wish:
    """A change of the first setting of a kind, or one more of it."""
    found: Any = setting_kind(kind)
    values = dict((ADDED if verb == "add" else CHANGED).get(kind, {}) if verb != "retire" else {})
    with reading(app) as session:
        target = None if verb == "add" else _first(found, session)
        before = None if target is None else found.live(session, target)
    if "pipeline" in values:
        values["pipeline"] = sales(app).uid
    return Wish(kind, verb, target, {**(found.values(before) if before and verb == "change" else {}), **values})


def _first(found: Any, session: Any) -> str:
    """The first of a kind: what was added before, or what is there always."""
    known = [one for one, _name in found.targets(session)]
    return str(next((one for one in known if one in OF_KINDS), known[0]))


def drawn(app: Flask, asked: Wish) -> Operation:
    """The operation that a wish comes to."""
    with working(app) as session:
        return drawn_up(session, asked)[1]


def done(app: Flask, operation: Operation) -> Any:
    """Apply it; the records it moved."""
    with working(app) as session:
        return item_kinds[operation.kind].apply(session, operation, by=SYSTEM, at=NOW)


def undone(app: Flask, operation: Operation, rows: Any) -> Any:
    """Take it back; the records that went back."""
    with working(app) as session:
        return item_kinds[operation.kind].revert(session, operation, rows, by=SYSTEM, at=NOW)


def targets(app: Flask, kind: str) -> Any:
    """What of a kind can be changed now."""
    with reading(app) as session:
        return setting_kind(kind).targets(session)  # type: ignore[union-attr]


def seen(app: Flask) -> tuple[Any, ...]:
    """What is live, besides what people do not choose from."""
    live = live_now(app)
    lists = {
        key: [word for word in one.values if word.is_active]
        for key, one in live.picklists.items()
        if not key.startswith("field.")
    }
    ways = [(one.key, one.name, one.currency, one.offered) for one in live.offered_pipelines]
    return lists, ways, live.access.changed, {kind: _shape(one) for kind, one in live.shapes.items() if one != PLAIN}


def _shape(shape: Shape) -> Any:
    """A shape without the columns that each reading of a field makes anew."""
    return [(one.name, one.label, one.hint) for one in shape.added], replace(shape, added=())


def looks(configuration: LiveConfiguration, kinds: Any) -> Any:
    """How forms of kinds of record are drawn: names of fields, and what can be chosen."""
    with living(configuration):
        return [
            (entities[kind].label, [(one.name, one.label, [str(each.label) for each in one.offered_choices])
                                    for one in entities[kind].editable_by(SELLER)])
            for kind in kinds
        ]  # fmt: skip


def told(app: Flask, operation: Operation) -> bool:
    """Whether its form is filled in by what it is, and whoever reads it is told what changes."""
    kind: Any = setting_kind(operation.kind)
    with reading(app) as session:
        image = operation.after or operation.before
        chosen = {"kind": kind.places()[0][0]} if kind.places() else None
        fields = kind.fields(session, operation.verb, operation.before or chosen)
        assert operation.verb == "retire" or {one.name for one in fields if one.required} <= kind.values(image).keys()
        kind.findings(session, operation)
        kind.path(session, operation)
        return bool(kind.compared(operation)) and bool(kind.name(image).texts["es"])


def test_every_kind_is_tried_here(app: Flask) -> None:
    beside = {"field_kind"}  # wants a field with values first: test_field_kinds
    assert {*KINDS, *beside} == {key for key in item_kinds if setting_kind(key) is not None}


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_operation_does_is_taken_back(app: Flask, kind: str) -> None:
    shipped(app)
    if kind == "assignment_rule":
        add_person(app, "Gil")
    with working(app) as session:
        if kind == "service_level":
            make_calendar(session)
    for verb in setting_kind(kind).verbs:  # type: ignore[union-attr]
        if (verb != "add" and not targets(app, kind)) or (
            kind == "pipeline" and verb == "retire"
        ):  # the last one stays
            done(app, drawn(app, wish(app, kind, "add")))
        operation = drawn(app, wish(app, kind, verb))
        assert told(app, operation)
        was, (before, after) = seen(app), _around(app, operation)
        assert (before, after) == (operation.before, operation.after)
        if kind == "access_profile":  # its row is there from now on, and says what the program says
            continue
        assert seen(app) == was


def _around(app: Flask, operation: Operation) -> tuple[Any, Any]:
    """What is live once it is taken back, and what was live with it; done twice, as a release that is brought again.

    What the preview shows is what then is there.
    """
    kind: Any = item_kinds[operation.kind]
    previewed = kind.previewed(operation)
    shown = looks(kind.shaped(live_now(app), operation), previewed)
    for _time in range(2):
        rows = done(app, operation)
        assert looks(live_now(app), previewed) == shown
        with reading(app) as session:
            after = kind.live(session, operation.uid)
        undone(app, operation, rows)
        with reading(app) as session:
            before = kind.live(session, operation.uid)
    return before, after


def test_verbs_that_a_kind_does_not_know_are_refused(app: Flask) -> None:
    from implementor.foundation.errors import NotFound

    shipped(app)
    with pytest.raises(NotFound):
        drawn(app, Wish("access_profile", "retire", "lead/crm_user"))


def test_records_move_with_a_word_and_go_back_unless_somebody_touched_them(app: Flask) -> None:
    here = company(app)
    first, second = (here.add("account", name=name, industry="energy") for name in ("Alba", "Brío"))
    with reading(app) as session:
        find = select(PicklistValue.uid).where(PicklistValue.key.in_(["energy", "retail"])).order_by(PicklistValue.key)
        energy, retail = session.scalars(find).all()
    operation = drawn(app, Wish("choice_value", "retire", energy, {"held": retail}))
    with reading(app) as session:
        (finding,) = item_kinds["choice_value"].findings(session, operation)
    assert (finding.code, finding.count, finding.blocks) == ("held", 2, True)
    assert retail in {key for key, _label in finding.choices}
    rows = done(app, operation)
    assert {row.record_id for row in rows} == {first, second}
    assert [here.stored(Account, one).industry for one in (first, second)] == ["retail", "retail"]
    with working(app) as session:
        session.get_one(Account, second).industry = "health"
    assert [row.record_id for row in undone(app, operation, rows)] == [first]
    assert [here.stored(Account, one).industry for one in (first, second)] == ["energy", "health"]


def test_open_sales_move_with_their_stage_and_come_back(app: Flask) -> None:
    here = company(app)
    sale = here.add("opportunity", name="Ovens", account=str(here.add("account", name="Alba")))
    stages = {stage.key: stage for stage in live_now(app).pipeline("sales").stages}  # type: ignore[union-attr]
    stood = here.stored(Opportunity, sale).stage_id
    with reading(app) as session:
        find = select(PipelineStage).where(PipelineStage.id.in_([stood, stages["negotiation"].id]))
        uids = {one.id: one.uid for one in session.scalars(find)}
    to = uids[stages["negotiation"].id or 0]
    operation = drawn(app, Wish("pipeline_stage", "retire", uids[stood], {"open_records": to}))
    rows = done(app, operation)
    assert [(row.record_id, row.after) for row in rows] == [(sale, to)]
    assert here.stored(Opportunity, sale).stage_id == stages["negotiation"].id
    assert len(undone(app, operation, rows)) == 1
    assert here.stored(Opportunity, sale).stage_id == stood
