"""The test browser: fetches pages, checks every one, fills in forms and follows links as a person does."""

import re
from collections.abc import Mapping
from typing import Any, cast

from flask import Flask
from lxml import html as lxml_html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from tests.machinery.forms import Form
from tests.machinery.page_checks import faults_of
from tests.machinery.page_markup import faults_of_new_markup, kind_of

ORIGIN = "http://localhost"
HEADERS = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}


class Page:
    """One answer as a person sees it."""

    def __init__(self, browser: "Browser", response: TestResponse) -> None:
        self.browser = browser
        self.response = response
        self.status = response.status_code
        query = response.request.query_string
        self.url = response.request.path + (f"?{query.decode()}" if query else "")
        self.is_html = response.mimetype == "text/html"
        self.html = response.get_data(as_text=True) if self.is_html else ""
        self.is_whole = self.html.lstrip().lower().startswith("<!doctype")
        self._tree: HtmlElement | None = None

    @property
    def tree(self) -> HtmlElement:
        """The parsed page; a fragment stands in a div."""
        if self._tree is None:
            if self.is_whole:
                self._tree = lxml_html.document_fromstring(self.html)
            else:
                self._tree = lxml_html.fragment_fromstring(self.html, create_parent="div")
        return self._tree

    @property
    def title(self) -> str:
        """The text of the title element."""
        return str(self.tree.findtext(".//title") or "").strip()

    @property
    def heading(self) -> str:
        """The text of the h1."""
        return _words(self.find("h1"))

    @property
    def text(self) -> str:
        """Everything there is to read, blanks folded."""
        body = self.tree.find("body") if self.is_whole else self.tree
        return _words(cast(HtmlElement, body))

    @property
    def links(self) -> dict[str, str]:
        """Text of each link -> its address; the first of several with one text."""
        found: dict[str, str] = {}
        for link in self.all("a[href]"):
            found.setdefault(_words(link) or link.get("aria-label", ""), str(link.get("href")))
        return found

    def all(self, css: str) -> list[HtmlElement]:
        """Elements that match a CSS selector."""
        return list(self.tree.cssselect(css))

    def find(self, css: str) -> HtmlElement:
        """The first element that matches; an AssertionError when none does."""
        found = self.all(css)
        assert found, f"{self.url} has no {css}:\n{self.text[:600]}"
        return found[0]

    def texts(self, css: str) -> list[str]:
        """What the matching elements say."""
        return [_words(each) for each in self.all(css)]

    def rows(self, css: str = "table") -> list[dict[str, str]]:
        """The first matching table as rows of heading -> text."""
        table = self.find(css)
        names = [_words(cell) for cell in table.cssselect("thead th")]
        lines = table.cssselect("tbody tr")
        return [dict(zip(names, map(_words, line.cssselect("th, td")), strict=False)) for line in lines]

    def form(self, which: str = "main form") -> Form:
        """A form by id, by action, by the words on its button, or by CSS selector."""
        for form in self.all("form"):
            buttons = [_words(button) or button.get("aria-label", "") for button in form.cssselect("button")]
            if which in (form.get("id"), form.get("action"), *buttons):
                return Form(self, form)
        if not re.search(r"[.#\[ >]|^form$", which):
            actions = [f"{form.get('id') or ''} {form.get('action')}" for form in self.all("form")]
            raise AssertionError(f"{self.url} has no form {which!r}, only {actions}.")
        return Form(self, self.find(which))

    def follow(self, text: str) -> "Page":
        """Press the link with this text."""
        assert text in self.links, f"{self.url} has no link {text!r}, only {sorted(self.links)}."
        return self.browser.get(self.links[text])


class Browser:
    """A person with cookies. Redirects are followed; every HTML answer is checked unless `checking` is off."""

    def __init__(self, app: Flask, *, language: str = "en", checking: bool = True) -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {**HEADERS, "Accept-Language": language}
        self.checking = checking
        self.page: Page | None = None

    def get(self, url: str, *, status: int | None = 200, target: str | None = None, **headers: str) -> Page:
        """Fetch an address; with `target` as htmx does for the element with that id. `status=None` takes any."""
        return self.open("GET", url, status, target, headers)

    def post(
        self,
        url: str,
        values: Mapping[str, Any] | None = None,
        *,
        status: int | None = 200,
        target: str | None = None,
        **options: Any,
    ) -> Page:
        """Send values with the token of the last page, without looking for a form; 303 is followed."""
        data = {"csrf_token": self.token(), **(values or {})}
        return self.open("POST", url, status, target, {}, data=data, **options)

    def token(self) -> str:
        """The forgery token of the page that is open; empty where there is none."""
        metas = self.page.all("meta[name=csrf-token]") if self.page and self.page.is_html else []
        fields = self.page.all("input[name=csrf_token]") if self.page and self.page.is_html else []
        return str(metas[0].get("content")) if metas else str(fields[0].get("value")) if fields else ""

    def open(
        self, method: str, url: str, status: int | None, target: str | None, headers: Mapping[str, str], **options: Any
    ) -> Page:
        """Send a request as a browser would and look at what comes; `get`, `post` and forms lead here."""
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if target is not None:
            sent |= {"HX-Request": "true", "HX-Target": f"div#{target}", "HX-Request-Type": "partial"}
        if self.page is not None:
            sent.setdefault("Referer", ORIGIN + self.page.url)
        response = self.client.open(url, method=method, headers=sent, follow_redirects=True, **options)
        page = Page(self, response)
        assert status is None or page.status == status, f"{method} {url} answered {page.status}: {page.html[:1500]}"
        if page.is_html and self.checking:
            self.check(page)
        if page.is_whole:
            self.page = page
        return page

    def check(self, page: Page) -> None:
        """Every page must be sound, whatever the test is about."""
        faults = faults_of(page.tree, is_whole=page.is_whole) if page.html.strip() else []
        if page.is_whole:
            faults += faults_of_new_markup(page.html, kind_of(self.app, page.response.request.path, page.status))
        assert not faults, f"{page.url} ({page.status}):\n" + "\n".join(faults)


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())
