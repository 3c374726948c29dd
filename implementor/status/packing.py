"""The files of a pack by their formats, all drawn from the frozen content; only a worker loads this module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from implementor.status.pack_pdf import pdf_of
from implementor.status.pack_sheet import xlsx_of
from implementor.status.pack_slides import pptx_of

MAKERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {"xlsx": xlsx_of, "pptx": pptx_of, "pdf": pdf_of}
"""In the order they are made, the quickest first."""
