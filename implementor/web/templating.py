"""What every template can use: strict names, component macros, formats and the frame's contents."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from jinja2 import StrictUndefined, Template
from markupsafe import Markup
from werkzeug.urls import iri_to_uri

from implementor.foundation import live
from implementor.foundation.words import Phrase, speech
from implementor.web import navigation
from implementor.web.assets import frontend_scripts, static_url
from implementor.web.guard import actor
from implementor.web.headers import csp_nonce
from implementor.web.idempotency import new_key
from implementor.web.language import NAMES, settings
from implementor.web.markdown import render_markdown
from implementor.web.messages import told
from implementor.web.seals import form_word

RENAMED = {"form": "form_ui"}
REPEATED = frozenset({"badge", "icon", "person"})
"""Macros whose result depends on plain words alone."""
MOST_KEPT = 2000


class _Component:
    """A macro file as a global name, loaded when first used; marks that pages repeat are drawn once per words."""

    def __init__(self, app: Flask, file_name: str) -> None:
        self._app = app
        self._file_name = file_name
        self._drawn: dict[Any, Any] = {}
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._module is None or self._app.debug:
            template: Template = self._app.jinja_env.get_template(f"components/{self._file_name}")
            self._module = template.module
        macro = getattr(self._module, name)
        if name in REPEATED:
            macro = self._once(name, macro)
        setattr(self, name, macro)
        return macro

    def _once(self, name: str, macro: Any) -> Callable[..., Any]:
        """The same words give the same mark, so it is kept; bounded, since names of people are words too."""
        drawn = self._drawn

        def mark(*values: Any, **named: Any) -> Any:
            texts = tuple(str(value) if isinstance(value, Phrase) else value for value in values)
            key = (name, texts, tuple(type(value) for value in texts), tuple(named.items()))
            found = drawn.get(key)  # asked once: another thread may empty them in between
            if found is None:
                if len(drawn) > MOST_KEPT:
                    drawn.clear()
                found = drawn[key] = macro(*texts, **named)
            return found

        return mark


def _frame() -> dict[str, Any]:
    """The frame's contents for this request."""
    person = actor()
    return {
        "actor": person if person.is_signed_in else None,
        "language": speech().language,
        "languages": _languages(),
        "theme": person.theme,
        "density": person.density,
        "single_keys": person.single_keys,
        "csp_nonce": csp_nonce(),
        "project": g.get("project"),
        "request_id": g.get("request_id", ""),
        "nav": navigation.sections,
        "shortcuts": navigation.shortcuts,
        "flashes": told,
        "new_key": new_key,
        "csrf_token": token,  # in place of the library's own, which it adds to every page
    }


def _languages() -> list[dict[str, str]]:
    return [
        {"code": code, "label": NAMES.get(code, code), "url": url_for("auth.switch_language", language=code)}
        for code in settings().languages
    ]


def kept(part: str, *words: Hashable) -> Markup:
    """A part of the frame that depends on the language, the kinds that are off and these words, drawn once for them."""
    if current_app.debug:
        return Markup(render_template(part))  # noqa: S704  # escaped by the template
    parts: dict[Any, Markup] = current_app.extensions.setdefault("implementor_parts", {})
    key = (part, speech().translations, request.root_path, live.present().off, *words)
    found = parts.get(key)
    if found is None:
        if len(parts) > MOST_KEPT:
            parts.clear()
        found = parts[key] = Markup(render_template(part))  # noqa: S704  # as above
    return found


def token() -> str:
    """The word of this answer's forms against forged requests; its library reads its settings at every question."""
    word: str | None = g.get("csrf_token")
    if word is None:
        word = form_word()
    return word


def here() -> str:
    """The present address, to come back to."""
    return iri_to_uri(request.full_path.rstrip("?"))


def install(app: Flask) -> None:
    """Set up Jinja for the application."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.autoescape = True
    app.jinja_env.filters["markdown"] = render_markdown
    app.jinja_env.globals.update(static_url=static_url, frontend_scripts=frontend_scripts, here=here, kept=kept)
    app.jinja_env.globals["csrf_token"] = token
    for file in sorted((Path(app.template_folder or "") / "components").glob("[!_]*.html")):
        app.jinja_env.globals[RENAMED.get(file.stem, file.stem)] = _Component(app, file.name)
    app.context_processor(_frame)
