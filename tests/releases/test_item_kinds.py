"""Kinds of setting: whatever an operation does to what is live, its way back brings what was there before."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from implementor.configuration.first_use import bring_in_shipped
from implementor.foundation.permissions import SYSTEM
from implementor.releases.item_kinds import Operation, item_kinds
from implementor.releases.item_services import drawn_up
from implementor.releases.setting_kinds import Wish, setting_kind
from tests.auth.builders import reading, working
from tests.configuration.builders import live_now, sales
from tests.projects.builders import NOW

NAMES = {"label_en": "Brand new", "label_es": "Recién hecho"}
ADDED: Mapping[str, dict[str, Any]] = {
    "choice_value": {"list": "product.unit", "tone": "ok", "default": True, **NAMES},
    "pipeline": {"currency": "EUR", **NAMES},
    "pipeline_stage": {"pipeline": None, "kind": "open", "probability": 30, "forecast": "commit", **NAMES},
}
"""What is asked for when one of a kind is added."""
CHANGED: Mapping[str, dict[str, Any]] = {
    "choice_value": {"tone": "risk", "default": True, "place": "first", **NAMES},
    "pipeline": {"currency": "USD", **NAMES},
    "pipeline_stage": {"probability": 33, "days_limit": 5, "required_fields": ["next_step"], "place": "first", **NAMES},
    "access_profile": {"see": "all", "edit": "none", "hidden": ["description"], "read_only": []},
}
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
        target = None if verb == "add" else found.targets(session)[0][0]
        before = None if target is None else found.live(session, target)
    if "pipeline" in values:
        values["pipeline"] = sales(app).uid
    return Wish(kind, verb, target, {**(found.values(before) if before and verb == "change" else {}), **values})


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


def seen(app: Flask) -> tuple[Any, ...]:
    """What is live, besides what people do not choose from."""
    live = live_now(app)
    lists = {key: [word for word in one.values if word.is_active] for key, one in live.picklists.items()}
    ways = [(one.key, one.name, one.currency, one.offered) for one in live.offered_pipelines]
    return lists, ways, live.access.changed


def test_every_kind_is_tried_here(app: Flask) -> None:
    assert set(KINDS) == {key for key in item_kinds if setting_kind(key) is not None}


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_operation_does_is_taken_back(app: Flask, kind: str) -> None:
    shipped(app)
    for verb in setting_kind(kind).verbs:  # type: ignore[union-attr]
        if kind == "pipeline" and verb == "retire":  # the last one stays
            done(app, drawn(app, Wish("pipeline", "add", None, {"label_en": "Other", "label_es": "Otro"})))
        operation = drawn(app, wish(app, kind, verb))
        was, (before, after) = seen(app), _around(app, operation)
        assert (before, after) == (operation.before, operation.after)
        if kind == "access_profile":  # its row is there from now on, and says what the program says
            continue
        assert seen(app) == was


def _around(app: Flask, operation: Operation) -> tuple[Any, Any]:
    """What is live once it is taken back, and what was live with it; done twice, as a release that is brought again."""
    kind = item_kinds[operation.kind]
    for _time in range(2):
        rows = done(app, operation)
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
