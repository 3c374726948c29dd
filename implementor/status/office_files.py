"""What office files of a pack have in common: bytes that no clock changes, and texts without marks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from implementor.web.markdown import render_markdown

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can say."""
CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(data: bytes, at: datetime) -> bytes:
    """The same office file with that moment as its date, inside workbooks that it embeds too."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == CORE:
                part = _MOMENT.sub(
                    rb"\g<1>" + at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<3>", part
                )
            elif name.endswith(".xlsx"):
                part = steady(part, at)
            made.writestr(ZipInfo(name, EARLIEST), part, ZIP_DEFLATED, 6)
    return out.getvalue()


def plain(text: str) -> str:
    """Somebody's Markdown as plain lines."""
    return render_markdown(text).striptags().strip() if text else ""
