"""What holds for the whole application: routes, permissions, relationships."""

from __future__ import annotations

import re
import tomllib

import pytest
from flask import Flask

from implementor.factory import FEATURES
from implementor.foundation.model import Model
from implementor.foundation.permissions import NO_ONE, declared
from implementor.settings import PROJECT_ROOT
from tests.architecture.routes import FILE, routes_of

WORDS = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*|<[^>]+>|[a-z-]+\.<format>)")
PERMISSION_NAME = re.compile(r"[a-z_]+\.[a-z_]+")
WITHOUT_NOUN = {"anyone", "no_one", "signed_in"}

pytestmark = pytest.mark.sqlite_only("the application is the same on both")


def test_the_list_of_routes_is_the_one_that_was_agreed(app: Flask) -> None:
    assert routes_of(app) == FILE.read_text(encoding="utf-8"), "run `python -m tests.architecture.routes` and read it"


def test_each_route_names_a_permission_that_somebody_holds(app: Flask) -> None:
    permissions = {name: getattr(view, "permission", NO_ONE) for name, view in app.view_functions.items()}
    permissions.pop("static")
    assert [name for name, one in permissions.items() if one is NO_ONE or one.name not in declared] == []


def test_addresses_are_words_with_hyphens(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert [rule for rule in rules for part in filter(None, rule.split("/")) if not WORDS.fullmatch(part)] == []


def test_permissions_are_named_noun_and_verb_and_have_a_sentence() -> None:
    for name, permission in declared.items():
        assert name in WITHOUT_NOUN or PERMISSION_NAME.fullmatch(name), name
        assert str(permission.sentence)[0].isupper(), name


def test_forgotten_loader_options_are_errors(app: Flask) -> None:
    wrong = [
        f"{mapper.class_.__name__}.{one.key}"
        for mapper in Model.registry.mappers
        for one in mapper.relationships
        if one.lazy != "raise_on_sql"
    ]
    assert wrong == []


def test_relationships_and_foreign_keys_point_down_the_floors(app: Flask) -> None:
    floor = {"web": 0, "foundation": 0, **{name: place for place, name in enumerate(_floors())}}
    wrong = []
    for mapper in Model.registry.mappers:
        own = floor[_package(mapper.class_)]
        wrong += [
            f"{mapper.class_.__name__}.{one.key} -> {one.mapper.class_.__name__}"
            for one in mapper.relationships
            if floor[_package(one.mapper.class_)] > own
        ]
    assert wrong == []


def _floors() -> list[str]:
    contract = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers: list[str] = contract["layers"]
    return [name for layer in reversed(layers) for name in re.findall(r"[a-z]+", layer)]


def _package(model: type) -> str:
    return model.__module__.split(".")[1]


def test_every_feature_is_on_a_floor() -> None:
    assert {name.partition(".")[0] for name in FEATURES} <= set(_floors())


def test_what_is_not_placed_in_project_is_named_by_its_project(app: Flask) -> None:
    """Every table with a foreign key to a row of a project carries the project, so that the key can include it."""
    wrong = []
    for table in Model.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            target = constraint.referred_table
            if target.name in OWN_BY_PROJECT and "project_id" in table.c and len(constraint.columns) == 1:
                wrong.append(f"{table.name}.{constraint.column_keys[0]} -> {target.name}")
    assert wrong == []


OWN_BY_PROJECT = {
    "story", "wave", "obstacle", "milestone", "criterion", "task", "user_test", "open_matter", "risk", "decision",
    "action_item", "change_request",
}  # fmt: skip
