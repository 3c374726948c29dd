"""The files of a pack by their formats, all drawn from the frozen content; only a worker loads this module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.status.pack_sheet import xlsx_of
from implementor.status.pack_slides import pptx_of


class NoPango(Refusal):
    """The machine lacks the library that sets the lines of a PDF."""


def _no_pdf(*_what: Any) -> bytes:
    raise NoPango(
        say(
            "The PDF needs the library Pango on the server (Debian: libpangoft2-1.0-0). The other files are made, and "
            "the page of the report prints on one sheet."
        )
    )


try:
    from implementor.status.pack_pdf import pdf_from, pdf_of
except OSError:  # what the loader says of a library that is not there
    pdf_from = pdf_of = _no_pdf  # type: ignore[assignment]

__all__ = ["MAKERS", "NoPango", "pdf_from"]
MAKERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {"xlsx": xlsx_of, "pptx": pptx_of, "pdf": pdf_of}
"""In the order they are made, the quickest first."""
