"""Texts that attack whatever shows them, and what a page may be made of when they stand in it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from lxml import etree
from lxml.html import HtmlElement

from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.web.markdown import ATTRIBUTES, TAGS
from tests.machinery.forms import Form
from tests.machinery.pages import Browser, Page

TEXTS = frozenset({Kind.LINE, Kind.TEXT, Kind.MARKDOWN})
BENIGN = "Plain words"
STRINGS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "[click](javascript:alert(1)) <javascript:alert(1)>",
    "{{7*7}} {% raw %} ${7*7} %(name)s %s",
    "'; DROP TABLE story; --",
    "=1+1",
    "+HYPERLINK(A1)",
    "@SUM(1)",
    "a\x00nul\x1b[31m",
    "lone \ud800 half",
    "\u202eturned \u05e9\u05dc\u05d5\u05dd",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family",
    "</textarea></title></option><!-- ]]>",
    "line " * 2048,
)
HALVES = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile("_x([0-9A-F]{4})_")
"""How a workbook writes what XML cannot hold."""
OWN_SCHEMES = ("/", "#", "?")
DANGEROUS = ("javascript:", "data:", "vbscript:", "file:")
ADDRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href", "srcdoc"})


def text_fields(kind: str) -> list[Field]:
    """The fields of a kind in which people write freely."""
    return [one for one in entities[kind].fields.values() if one.kind in TEXTS and one.editable]


def arrived(text: str) -> str:
    """What a form's text is after its way through UTF-8; the server keeps bytes that are none as it got them."""
    return HALVES.sub(lambda half: quote(half[0].encode("utf-8", "surrogatepass")), text)


@dataclass(frozen=True)
class Filling:
    """One text for each text field of a record, cut to what the field takes."""

    entity: Entity
    values: dict[str, str]

    @classmethod
    def of(cls, kind: str, texts: Iterable[str], mark: str = "") -> Filling:
        """Texts in the order of the fields; the one that names the record also gets the mark it is found by."""
        declared, values = entities[kind], {}
        for one, text in zip(text_fields(kind), texts, strict=False):
            end = f" {mark}" if one.name == declared.title_field else ""
            values[one.name] = text[: one.longest - len(end)] + end
        return cls(declared, values)

    def readable(self) -> dict[str, str]:
        """What can be read of each field that is not Markdown, blanks folded."""
        names = [name for name in self.values if self.entity.fields[name].kind is not Kind.MARKDOWN]
        return {name: words(self.values[name]) for name in names}


def words(text: str) -> str:
    """A text as it is shown: without what no screen shows, blanks folded."""
    kept = (letter for letter in arrived(text) if (letter >= " " and letter != "\x7f") or letter.isspace())
    return " ".join("".join(kept).split())


def folded(pairs: dict[str, str]) -> dict[str, str]:
    """The same with blanks folded, as they are compared."""
    return {name: words(text) for name, text in pairs.items()}


# --- pages -----------------------------------------------------------------------------------------------------------


def form_with(page: Page, name: str) -> Form:
    """The form that asks for a field."""
    found = (Form(page, element) for element in page.all("main form"))
    form = next((each for each in found if name in each.values), None)
    assert form is not None, f"{page.url} asks for no {name}:\n{page.text[:600]}"
    return form


def send(browser: Browser, form: Form, values: dict[str, str], status: int | None = 200) -> Page:
    """Send a form whose values may be no UTF-8, as an attacker's program does."""
    sent = {**form.values, **{name: [text] for name, text in values.items()}}
    pairs = [(name, str(each).encode("utf-8", "surrogatepass")) for name, several in sent.items() for each in several]
    kind = {"content_type": "application/x-www-form-urlencoded"}
    return browser.open("POST", form.action, status, None, {}, data=urlencode(pairs), **kind)


def signatures(page: Page) -> set[tuple[str, ...]]:
    """Elements with the names of their attributes; people's Markdown and the links between pages left out."""
    prose = _in_prose(page)
    return {
        (str(one.tag), *sorted(map(str, one.attrib)))
        for one in page.tree.iter(etree.Element)
        if one not in prose and one.get("rel") not in ("next", "prev")
    }


def faults(page: Page, known: set[tuple[str, ...]]) -> Iterator[str]:
    """Elements that the page with benign texts has not, addresses that run or lead where nobody sent them."""
    yield from (f"{page.url}: new element {each}" for each in sorted(signatures(page) - known))
    prose = _in_prose(page)
    for one in prose:
        yield from _prose_faults(page, one)
    for one in page.tree.iter(etree.Element):
        for name in ADDRESSES.intersection(one.attrib):
            address = "".join(str(one.get(name)).split()).lower()
            if address.startswith(DANGEROUS):
                yield f"{page.url}: {one.tag} {name}={address[:60]}"
            elif one not in prose and one.tag in ("a", "form", "button") and not address.startswith(OWN_SCHEMES):
                yield f"{page.url}: {one.tag} leads to {address[:60]}"


def _prose_faults(page: Page, one: HtmlElement) -> Iterator[str]:
    allowed = ATTRIBUTES.get(str(one.tag), set()) | ({"rel"} if one.tag == "a" else set())
    if one.tag not in TAGS or set(map(str, one.attrib)) - allowed:
        yield f"{page.url}: Markdown made {etree.tostring(one, encoding='unicode')[:90]}"


def _in_prose(page: Page) -> set[HtmlElement]:
    return set(page.all(".prose *"))


def missing(page: Page, texts: Iterable[str]) -> list[str]:
    """Texts that cannot be read on the page as they were written."""
    return [f"{page.url} does not say {text[:80]!r}" for text in texts if text and text not in page.text]


# --- files -----------------------------------------------------------------------------------------------------------


def csv_cells(body: bytes) -> list[str]:
    """Every cell of a CSV file below its title row."""
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    return [cell for row in rows[1:] for cell in row]


def xlsx_cells(body: bytes) -> tuple[list[str], int]:
    """Every text of a workbook, and how many formulas and links it has."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts: list[Any] = [etree.fromstring(package.read(name)) for name in package.namelist() if name[-3:] == "xml"]
    found = [each for part in parts for each in part.xpath("//*[local-name()='is' or local-name()='si']")]
    texts = [ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(each.xpath("string(.)"))) for each in found]
    active = sum(len(part.xpath("//*[local-name()='f' or local-name()='hyperlink']")) for part in parts)
    return texts, active
