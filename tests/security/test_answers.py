"""Headers of answers beside the walk of the matrix, whatever their status; and what the pages are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import html as lxml_html
from lxml.html import HtmlElement

from implementor.web.guard import allow
from tests.machinery.page_checks import faults_of
from tests.machinery.page_markup import faults_of_new_markup, kind_of
from tests.security.headers import header_faults
from tests.security.matrix import read_matrix, walked
from tests.security.test_unsafe_methods import entitled
from tests.security.walking import Walker

pytestmark = pytest.mark.sqlite_only("what is drawn is the same on both")
TELLTALE = re.compile(r"Traceback|sqlalchemy|werkzeug|granian|gunicorn|/implementor/|site-packages", re.IGNORECASE)


@pytest.mark.slow
def test_a_method_that_no_route_has_is_answered_with_the_same_headers(walker: Walker) -> None:
    """The answers to the methods that there are show their headers in the walk of `test_authorisation.py`."""
    faults = []
    for cell in walked(walker.app):
        answer = walker.send("pmo", "DELETE", cell.url(walker.app, walker.world))
        faults += [f"DELETE {cell.rule}: {each}" for each in header_faults(answer)]
        assert answer.status_code == 405, cell.rule
        assert not TELLTALE.search(answer.get_data(as_text=True))
    assert faults == []


def test_an_unchanged_page_is_told_so_with_the_same_headers(walker: Walker) -> None:
    first = walker.send("viewer", "GET", "/projects")
    again = walker.send("viewer", "GET", "/projects", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert [each for each in header_faults(again) if "content type" not in each] == []


def test_a_file_for_saving_cannot_run_here(walker: Walker) -> None:
    place = walker.world.places["VEN"]
    answer = walker.send("viewer", "GET", f"/projects/VEN/attachments/{place.attachment}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert list(header_faults(answer)) == []


def test_too_large_and_broken_answers_are_dressed_too(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(max_upload_mb=1)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "auth.forgotten", allow(_anyone())(_break))
    client = app.test_client()
    broken = client.get("/forgotten-password")
    large = client.post("/sign-in", data={"email": "x" * 2 * 1024 * 1024}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (broken.status_code, large.status_code) == (500, 413)
    for answer in (broken, large):
        assert list(header_faults(answer)) == []
        assert not TELLTALE.search(answer.get_data(as_text=True))


def _anyone() -> Any:
    from implementor.foundation.permissions import ANYONE

    return ANYONE


def _break() -> str:
    raise RuntimeError("Traceback of a secret")


def test_addresses_of_lists_cannot_carry_headers_or_lead_elsewhere(walker: Walker) -> None:
    for text in (
        "/\t/evil.example",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/%09/evil.example",
        "/a\r\nSet-Cookie: x=1",
    ):
        body = {"title": "Led astray", "next": text}
        url = f"/projects/VEN/records/milestone/{walker.world.places['VEN'].milestone}/edit"
        answer = walker.send("project_lead", "POST", url, {**body, "origin": "own"})
        location = answer.headers.get("Location", "/")
        assert answer.status_code == 303
        assert re.match(r"/(?![/\\\s])", location), (text, location)
        assert "x=1" not in answer.headers.get("Set-Cookie", "")


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_page_is_sound_html(walker: Walker) -> None:
    matrix, faults = read_matrix(), []
    for cell in walked(walker.app):
        actor = entitled(cell, matrix)
        answer = walker.try_cell(actor, cell) if cell.is_safe and matrix[cell.key][actor] == 200 else None
        if answer is not None and answer.mimetype == "text/html":
            kind = kind_of(walker.app, answer.request.path, 200)
            faults += [f"{cell.key}: {each}" for each in page_faults(answer.get_data(as_text=True), kind)]
    assert faults == []


def page_faults(text: str, kind: str) -> list[str]:
    """What is wrong with a page or a fragment."""
    if not text.lstrip().lower().startswith("<!doctype"):
        return faults_of(lxml_html.fragment_fromstring(text, create_parent="div"), is_whole=False)
    tree = lxml_html.document_fromstring(text)
    return [*faults_of(tree, is_whole=True), *faults_of_new_markup(text, kind), *_more_faults(tree)]


def _more_faults(tree: HtmlElement) -> Iterator[str]:
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        if "noopener" not in (link.get("rel") or ""):
            yield f"link to another site without noopener: {link.get('href')}"
    for field in tree.xpath("//input[@type='password']"):
        if field.get("autocomplete") not in ("current-password", "new-password"):
            yield f"password without autocomplete: {field.get('name')}"
    for script in tree.xpath("//script[@src]"):
        if not script.get("nonce") and not script.get("src", "").startswith("/static/"):
            yield f"script of elsewhere: {script.get('src')}"
    changes = tree.xpath("//*[@hx-post or @hx-put or @hx-patch or @hx-delete]")
    if changes and not tree.xpath("//meta[@name='csrf-token']"):
        yield "htmx changes without a token on the page"


def test_there_is_no_source_map_or_hidden_file_among_the_static_ones() -> None:
    static = Path(__file__).parents[2] / "static"
    assert [each.name for each in static.rglob("*") if each.suffix == ".map" or each.name.startswith(".env")] == []
