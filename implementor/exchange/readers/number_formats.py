"""What a sheet shows by the number format of a cell: a date, a share of a hundred, or a plain number."""

from __future__ import annotations

import re

from implementor.exchange.readers.archive import Parts
from implementor.exchange.readers.xml_events import walk_whole

DATE, SHARE = "date", "share"
_BUILT_IN = {
    **{str(code): DATE for code in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))},
    "9": SHARE,
    "10": SHARE,
}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)


def styles_of(parts: Parts) -> list[str]:
    """For each cell style of a workbook what it shows (`shown_by`)."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = shown_by(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            code = attributes.get("numFmtId", "0")
            styles.append(formats.get(code, _BUILT_IN.get(code, "")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    walk_whole(parts.chunks("xl/styles.xml"), "xl/styles.xml", start=start, end=end, text=lambda _: None)
    return styles


def shown_by(code: str) -> str:
    """DATE for a number format that shows a day or a time, SHARE for one of per cents, else nothing."""
    if shows_date(code):
        return DATE
    return SHARE if "%" in _LITERAL.sub("", code.split(";")[0]) else ""


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or time: day, month, year, hour or second outside literals."""
    bare = _LITERAL.sub("", code.split(";")[0])
    return "general" not in bare.lower() and bool(re.search(r"[dmyhs]", bare, re.IGNORECASE))


def as_share(number: float) -> str:
    """A ratio as the sheet shows it: 0.245 is 24.5%. Noise of binary fractions is left out."""
    return f"{number * 100:.12g}%"
