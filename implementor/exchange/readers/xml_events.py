"""Walks XML of office files piece by piece without entities, document types or anything fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from implementor.exchange.readers.archive import damaged
from implementor.exchange.readers.source import UnreadableFile
from implementor.foundation.words import say

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def walk(chunks: Iterable[bytes], part: str, *, start: Start, end: End, text: Text) -> Iterator[None]:
    """Feed XML to the callbacks, names without their prefixes; yields after each chunk so that callers can stream.

    A document type declaration is refused outright, and with it external and nested entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def first(name: str, attributes: dict[str, str]) -> None:
        """A document whose root has no prefix needs none taken off, which is most of the work in large sheets."""
        if ":" in name:
            parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        else:
            parser.StartElementHandler = start
            parser.EndElementHandler = end
        start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = first
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise damaged(part) from error


def walk_whole(chunks: Iterable[bytes], part: str, *, start: Start, end: End, text: Text) -> None:
    """Walk a document to its end at once."""
    for _ in walk(chunks, part, start=start, end=end, text=text):
        continue


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile(
        say("The file contains a document type declaration, which no spreadsheet needs."),
        way_out=say("Open it in your spreadsheet program and save it again as .xlsx."),
    )


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its name without prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)
