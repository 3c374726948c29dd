"""Drawing answers: the whole page, or the one block of it that htmx wants to replace."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from flask import Response, current_app, g, make_response, render_template, request
from jinja2 import Template, nodes

from implementor.web.unit_of_work import abandon


def draw(template_name: str, status: int = 200, *, fragment: str | None = None, **context: Any) -> Response:
    """The page of a template, or its block named like the element htmx replaces.

    `fragment` is the partial for a thing that repeats on pages, drawn alone when htmx asks for no block of the page.
    A status of 400 and above takes back the request's changes first, so nothing is drawn under the write lock.
    """
    if status >= 400 and g.get("writes", False):
        abandon()
    template = current_app.jinja_env.get_template(template_name)
    block = wanted_block(template)
    if fragment and _is_htmx() and (block is None or status >= 400):
        html = render_template(fragment, **context) + render_template("layout/_flash.html", out_of_band=True)
    elif block:
        html = _draw_block(template, block, context) + render_template("layout/_flash.html", out_of_band=True)
    else:
        html = render_template(template, **context)
    response = make_response(html, status)
    response.vary.update(("HX-Request", "HX-Target", "Cookie"))
    return _with_etag(response)


def wanted_block(template: Template) -> str | None:
    """The block htmx asked for: version 2 names the bare id, version 4 `tag#id`."""
    if not _is_htmx():
        return None
    target = request.headers.get("HX-Target", "").rpartition("#")[2]
    return target if any(target in one.blocks for one in lineage(template)) else None


@lru_cache(maxsize=512)
def lineage(template: Template) -> tuple[Template, ...]:
    """A template and those it extends, itself first; what a page inherits are its own blocks too."""
    environment = template.environment
    assert environment.loader is not None
    assert template.name is not None
    source, _path, _fresh = environment.loader.get_source(environment, template.name)
    extended = environment.parse(source).find(nodes.Extends)
    if extended is None or not isinstance(extended.template, nodes.Const):
        return (template,)
    return (template, *lineage(environment.get_template(extended.template.value)))


def _is_htmx() -> bool:
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def _draw_block(template: Template, block: str, context: dict[str, Any]) -> str:
    current_app.update_template_context(context)
    frame = template.new_context(context)
    for parent in lineage(template)[1:]:
        for name, inherited in parent.blocks.items():
            frame.blocks.setdefault(name, []).append(inherited)
    return "".join(frame.blocks[block][0](frame))


def _with_etag(response: Response) -> Response:
    """Let a reader who has this very page be told so; words made anew for every answer are left out of the sum."""
    if response.status_code == 200 and request.method == "GET":
        body = response.get_data()
        for fresh in (g.get("csp_nonce"), g.get("csrf_token"), *g.get("fresh_words", ())):
            if fresh:
                body = body.replace(fresh.encode(), b"")
        response.set_etag(hashlib.sha256(body).hexdigest()[:24], weak=True)
    return response
