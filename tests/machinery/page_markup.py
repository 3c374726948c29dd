"""Errors of a page's HTML syntax, as a browser's parser sees them: slow, so asked once in a run for each kind."""

import re

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.machinery.runs import run

LENIENT_ERRORS = {"unexpected-char-in-attribute-name"}
"""html5lib is older than these rules of the standard."""
ALIKE = frozenset({401, 403, 404, 405, 413, 429, 500, 503})
"""Answers that one template draws, whatever was asked."""
MAIN = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)
ALONE = '<!doctype html>\n<html lang="en"><head><title>Page</title></head><body>\n{}\n</body></html>'


def kind_of(app: Flask, path: str, status: int) -> str:
    """What pages that one view draws in one way have in common."""
    if status in ALIKE:
        return str(status)
    try:
        endpoint, values = app.url_map.bind("localhost").match(path)
    except HTTPException:
        endpoint, values = path, {}
    return f"{endpoint} {values.get('kind', '')} {status}"


def faults_of_new_markup(html: str, kind: str) -> list[str]:
    """The errors of a page whose kind this run has not seen; the part around it is looked at where it is new."""
    if not run.is_first(f"markup {kind}"):
        return []
    found = MAIN.search(html)
    if found is None:
        return markup_faults(html)
    around = MAIN.sub(r"\1\3", html)
    faults = markup_faults(ALONE.format(found[0]))
    return faults + markup_faults(around) if run.is_first(f"markup around {_bones(around)}") else faults


def _bones(html: str) -> str:
    """Its tags without the values of their attributes and without its words."""
    return re.sub(r">[^<]*<", "><", re.sub(r'"[^"]*"', '""', html))


def markup_faults(html: str) -> list[str]:
    """Errors of the HTML syntax, each with its line."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    lines = html.splitlines()
    return [
        f"HTML: {code} in line {position[0]}: {lines[position[0] - 1].strip()[:120]}"
        for position, code, _ in parser.errors
        if code not in LENIENT_ERRORS
    ]
