"""Which files are taken: by the end of their name, and only if their first bytes agree with it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say

HEAD_BYTES = 8192
MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 500 * 1024 * 1024  # bytes
_OOXML = "application/vnd.openxmlformats-officedocument."

Check = Callable[[bytes, Path], bool]


def _begins(*starts: bytes) -> Check:
    return lambda head, _path: head.startswith(starts)


def _is_webp(head: bytes, _path: Path) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(head: bytes, _path: Path) -> bool:
    """Without NUL bytes (except UTF-16 that says so), and not a program or document in disguise."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in head and not head.startswith((b"%PDF", b"PK\x03\x04", b"\x7fELF", b"MZ", b"GIF8", b"\x89PNG"))


def _holds(folder: str) -> Check:
    """A package of Office that holds this folder, carries no macros and does not unpack without end."""

    def check(_head: bytes, path: Path) -> bool:
        names = _names_in(path)
        macros = any(name.endswith("vbaProject.bin") for name in names)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not macros

    return check


def _is_open_document(media_type: str) -> Check:
    def check(_head: bytes, path: Path) -> bool:
        if "mimetype" not in _names_in(path):
            return False
        with zipfile.ZipFile(path) as package, package.open("mimetype") as entry:
            return entry.read(200).strip() == media_type.encode()

    return check


def _names_in(path: Path) -> list[str]:
    """Names in an archive; none for what is no sound archive or would unpack to too much."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return []
    return [entry.filename for entry in entries]


_ODT, _ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
TYPES: dict[str, tuple[str, Check]] = {
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "gif": ("image/gif", _begins(b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", _is_webp),
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "csv": ("text/csv", _is_text),
    "txt": ("text/plain", _is_text),
    "md": ("text/markdown", _is_text),
    "docx": (f"{_OOXML}wordprocessingml.document", _holds("word/")),
    "xlsx": (f"{_OOXML}spreadsheetml.sheet", _holds("xl/")),
    "pptx": (f"{_OOXML}presentationml.presentation", _holds("ppt/")),
    "odt": (_ODT, _is_open_document(_ODT)),
    "ods": (_ODS, _is_open_document(_ODS)),
}


def media_type_of(name: str, path: Path) -> str:
    """The media type of a file by its name, once its content agrees. Raises InvalidInput for `files`."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in TYPES:
        offered = ", ".join(TYPES)
        raise InvalidInput(
            {"files": say("%(name)s is of a kind that is not taken. These are: %(kinds)s.", name=name, kinds=offered)}
        )
    media_type, agrees = TYPES[extension]
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not agrees(head, path):
        reason = say(
            "%(name)s is not what its name says. Save it again as %(kind)s and attach that.", name=name, kind=extension
        )
        raise InvalidInput({"files": reason})
    return media_type
