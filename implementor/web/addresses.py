"""Addresses: numbers that fit a database key, the project's key filled in while one is in a project, and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, has_request_context
from flask.globals import request_ctx
from werkzeug.routing import BuildError, IntegerConverter, Rule

from implementor.web.quick_templates import QuickEnvironment

MOST_PATTERNS = 4000
NO_OPTIONS = (None, None, None, None)
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_FIRST_NUMBER = 700_000_000_001
"""Numbers from here on hold a place while a pattern is made; no rule of ours writes such a number itself."""
_LARGEST = 2**62

Pattern = tuple[tuple[str, ...], tuple[int, ...]]
UNSEEN: Pattern = ((), ())
"""Stands for a form of address that was not met yet; no pattern has no text at all."""


class KeyConverter(IntegerConverter):
    """Whole numbers that a key can have; a longer one names nothing and is answered 404."""

    def __init__(self, map: Any, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": 2**63 - 1, **options})


class LateRule(Rule):
    """A rule that learns to write its addresses when the first is asked for: a tenth of each start went into that."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(super(LateRule, self)._compile_builder(append_unknown))
            return made[0](rule, **values)

        return build


class Application(Flask):
    """Flask that builds addresses of one form once: a page asks for a hundred that differ in plain values alone."""

    url_rule_class = LateRule
    jinja_environment = QuickEnvironment

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._patterns: dict[Any, Pattern | None] = {}
        self._in_projects: dict[str, bool] = {}

    def url_for(
        self,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As Flask's; plain numbers and words are set into the pattern that Flask's own answer gave before."""
        if (_anchor, _method, _scheme, _external) == NO_OPTIONS and has_request_context() and endpoint[0] != ".":
            project = g._get_current_object().get("project")  # once, not at each attribute
            is_filled_in = project is not None and "project_key" not in values and self.is_in_projects(endpoint)
            shape = _shape_of(endpoint, values, is_filled_in)
            if is_filled_in:
                values["project_key"] = project.key
            if shape is not None:
                pattern = self._patterns.get(shape, UNSEEN)  # asked once: another thread may empty them in between
                if pattern is UNSEEN:
                    pattern = self._learn(shape, endpoint, values)
                if pattern is not None:
                    return _filled(pattern, tuple(values.values()))
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )

    def is_in_projects(self, endpoint: str) -> bool:
        """Whether an address of this endpoint can name a project."""
        if endpoint not in self._in_projects:
            known = endpoint in self.view_functions
            if not known:
                return False
            self._in_projects[endpoint] = self.url_map.is_endpoint_expecting(endpoint, "project_key")
        return self._in_projects[endpoint]

    def _learn(self, shape: Any, endpoint: str, values: dict[str, Any]) -> Pattern | None:
        if len(self._patterns) >= MOST_PATTERNS:
            self._patterns.clear()
        self._patterns[shape] = pattern = self._pattern(endpoint, values)
        return pattern

    def _pattern(self, endpoint: str, values: dict[str, Any]) -> Pattern | None:
        """The texts around the values of an address and which value stands between them; None where that is unsure."""
        holders = [str(_FIRST_NUMBER + place) for place in range(len(values))]
        held: dict[str, Any] = {
            name: None if value is None else int(holder) if type(value) is int else f"z{holder}z"
            for (name, value), holder in zip(values.items(), holders, strict=True)
        }
        try:
            built = super().url_for(endpoint, **held)
        except (ValueError, BuildError):
            return None  # a rule that takes no such word
        parts = re.split(rf"z?({'|'.join(holders)})z?", built) if holders else [built]
        order = tuple(holders.index(part) for part in parts[1::2])
        wanted = [place for place, value in enumerate(values.values()) if value is not None]
        return (tuple(parts[::2]), order) if sorted(order) == wanted else None


def _filled(pattern: Pattern, values: tuple[Any, ...]) -> str:
    texts, order = pattern
    address = texts[0]
    for number, place in enumerate(order, 1):
        address += f"{values[place]}{texts[number]}"
    return address


def _shape_of(endpoint: str, values: dict[str, Any], is_filled_in: bool) -> Any:
    """What decides how an address is put together besides plain values; None for values that need Flask's own care.

    A project's key, which may be filled in behind the values, is always plain.
    """
    kinds: tuple[type, ...] = ()
    for value in values.values():
        kind = type(value)
        if kind is int:
            if not 0 <= value < _LARGEST:
                return None
        elif value is not None and (kind is not str or not _PLAIN.fullmatch(value)):
            return None
        kinds += (kind,)
    asked = request_ctx._get_current_object().request  # type: ignore[attr-defined]  # as above
    return endpoint, tuple(values), kinds, is_filled_in, asked.method, asked.root_path


def fill_in_project(endpoint: str, values: dict[str, Any]) -> None:
    """Links made inside a project stay in it unless they say otherwise."""
    project = g.get("project")
    if project is None or "project_key" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "project_key"):
        values["project_key"] = project.key


def install(app: Flask) -> None:
    """Use these rules for every address of the application."""
    app.url_map.converters["int"] = KeyConverter
    app.url_defaults(fill_in_project)
