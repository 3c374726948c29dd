"""Opens the parts of a zipped office file without believing what it says about its own size."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from implementor.exchange.readers.source import UnreadableFile
from implementor.foundation.words import say

MOST_PARTS = 5_000
LARGEST_UNPACKED = 2_000_000_000  # bytes of all parts together
LARGEST_RATIO = 250  # unpacked to packed; spreadsheets of real work stay below 40
_SMALL = 20_000_000  # bytes up to which the ratio does not matter
_CHUNK = 262_144
_LOCAL_HEADER = 30


@dataclass(frozen=True)
class Parts:
    """The parts of an archive, checked against the central directory; reading checks again."""

    path: Path
    entries: dict[str, ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, refused as soon as they grow beyond what they were declared to be."""
        entry = self.entries.get(name.lower())
        if entry is None:
            raise damaged(name)
        with self.path.open("rb") as stream:
            yield from _unpacked(stream, entry)

    def read(self, name: str) -> bytes:
        """A whole part; for the small ones."""
        return b"".join(self.chunks(name))


def parts_of(path: Path) -> Parts:
    """The parts of a zip file; `UnreadableFile` where it is damaged, encrypted or built to explode."""
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(path.name) from error
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or packed > path.stat().st_size
        or any(_explodes(entry.file_size, entry.compress_size) for entry in entries)
    ):
        raise bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted()
    return Parts(path, {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries})


def _explodes(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL and unpacked > LARGEST_RATIO * max(1, packed)


def _unpacked(stream: BinaryIO, entry: ZipInfo) -> Iterator[bytes]:
    if entry.header_offset < 0:
        raise damaged(entry.filename)
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04" or entry.compress_type not in (0, 8):
        raise damaged(entry.filename)
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    seen = 0
    for chunk in _inflated(stream, entry) if entry.compress_type == 8 else _stored(stream, entry.compress_size):
        seen += len(chunk)
        if seen > entry.file_size:
            raise bomb()
        yield chunk
    if seen != entry.file_size:
        raise damaged(entry.filename)


def _stored(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := stream.read(min(_CHUNK, size))):
        size -= len(chunk)
        yield chunk


def _inflated(stream: BinaryIO, entry: ZipInfo) -> Iterator[bytes]:
    engine = zlib.decompressobj(-15)
    for packed in _stored(stream, entry.compress_size):
        rest = packed
        while rest and not engine.eof:
            try:
                chunk = engine.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise damaged(entry.filename) from error
            rest = engine.unconsumed_tail
            if chunk:
                yield chunk
    while tail := engine.decompress(engine.unconsumed_tail, _CHUNK):
        yield tail


def bomb() -> UnreadableFile:
    return UnreadableFile(
        say("The file unpacks to far more than a spreadsheet holds and was not opened."),
        way_out=say("Copy the sheet into a new workbook, or save it as CSV."),
    )


def damaged(part: str) -> UnreadableFile:
    return UnreadableFile(
        say("The file is damaged: it cannot be unpacked."),
        place=say("The fault is in %(part)s.", part=part),
        way_out=say("Open it in your spreadsheet program, save it again as .xlsx and choose it here."),
    )


def encrypted() -> UnreadableFile:
    return UnreadableFile(
        say("The file is protected by a password."),
        way_out=say("Save a copy without a password and choose that one."),
    )
