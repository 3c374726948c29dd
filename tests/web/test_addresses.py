"""Addresses are built by pattern, and are the same as those that Flask builds by itself."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, g, url_for
from werkzeug.routing import BuildError

from implementor.web.addresses import MOST_PATTERNS, Application

pytestmark = pytest.mark.sqlite_only
VALUES: tuple[Any, ...] = (
    7,
    8,
    0,
    -1,
    2**62,
    2**63,
    "7",
    "07",
    "plain-word",
    "two words",
    "a/b",
    "ñ",
    "",
    None,
    True,
    1.5,
)
NUMBERS = ("lists.edit_field", {"kind": "story", "field": "title"}, "record_id")
WORDS = ("lists.field", {"record_id": 3, "field": "title"}, "kind")
ASKED = ("search.index", {"kind": "story"}, "q")


def answers(app: Flask, of: type[Flask], endpoint: str, **values: Any) -> str:
    """What one class makes of the values: an address or the name of the refusal."""
    try:
        return of.url_for(app, endpoint, **values)
    except (BuildError, ValueError, TypeError) as fault:
        return type(fault).__name__


@pytest.mark.parametrize("where", [NUMBERS, WORDS, ASKED], ids=["number", "word", "question"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_value_gives_the_address_that_flask_gives(app: Flask, where: Any, method: str) -> None:
    endpoint, fixed, name = where
    with app.test_request_context("/", method=method):
        for value in (*VALUES, *VALUES):  # the second time by the patterns of the first
            values = {**fixed, name: value}
            assert answers(app, Application, endpoint, **values) == answers(app, Flask, endpoint, **values), value


def test_every_route_has_the_address_that_flask_gives(app: Flask) -> None:
    with app.test_request_context("/"):
        for rule in list(app.url_map.iter_rules()):
            for value in (1, 23, "word"):
                values: dict[str, Any] = dict.fromkeys(rule.arguments, value)
                assert answers(app, Application, rule.endpoint, **values) == answers(
                    app, Flask, rule.endpoint, **values
                ), rule


def test_an_address_stays_in_the_project_it_is_made_in(app: Flask) -> None:
    with app.test_request_context("/"):
        outside = url_for("lists.new", kind="story")
        for key in ("VEN", "OPS"):
            g.project = SimpleNamespace(key=key)
            assert url_for("lists.new", kind="story") == f"/projects/{key}/records/story/new"
            assert url_for("lists.new", kind="story", project_key=None) == outside == "/records/story/new"
            assert url_for("auth.account") == "/account"


def test_the_place_of_the_application_and_options_of_flask_count(app: Flask) -> None:
    with app.test_request_context("/"):
        assert url_for("auth.account") == "/account"
        assert url_for("auth.account", _anchor="look") == "/account#look"
        assert url_for("auth.account", _external=True) == "http://localhost/account"
    with app.test_request_context("/", base_url="http://localhost/under/here"):
        assert url_for("auth.account") == "/under/here/account"


def test_words_of_people_do_not_fill_the_memory(app: Flask) -> None:
    assert isinstance(app, Application)
    with app.test_request_context("/"):
        for number in range(MOST_PATTERNS + 10):
            values: dict[str, Any] = {f"name{number}": 1}
            url_for("search.index", **values)
    assert len(app._patterns) <= MOST_PATTERNS
