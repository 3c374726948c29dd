"""Where uploaded files lie between their upload and their import: under random names, served by nobody."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean_line
from implementor.foundation.words import say

_CHUNK = 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class StoredUpload:
    """A file as it was received; `size` in bytes, `sha256` in hex, `key` None where it lies elsewhere."""

    name: str
    size: int
    sha256: str
    key: str | None


class UploadStore:
    """Uploads by key in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the file of a key lies."""
        if not _KEY.fullmatch(key):
            raise ValueError("a key of the upload store has 32 hexadecimal digits")
        return self.folder / key[:2] / key

    def put(self, name: str, stream: IO[bytes], *, largest: int) -> StoredUpload:
        """Write a file so that it survives a crash; `largest` in bytes. Raises InvalidInput and then keeps nothing."""
        key = secrets.token_hex(16)
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            size, digest = _write(path, stream, largest)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if size > largest:
            path.unlink(missing_ok=True)
            limit = largest // (1024 * 1024)
            raise InvalidInput({"file": say("The file is larger than %(limit)s megabytes. Split it.", limit=limit)})
        return StoredUpload(shown_name(name), size, digest, key)

    def remove(self, key: str) -> None:
        """Take a file away; it may be gone already."""
        self.path(key).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Keys of files written before a moment."""
        for path in sorted(self.folder.glob("??/*")):
            if _KEY.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
                yield path.name


def look_at(path: Path) -> StoredUpload:
    """A file that stays where it is."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return StoredUpload(shown_name(path.name), path.stat().st_size, digest.hexdigest(), None)


def shown_name(given: str) -> str:
    """A file's name without folders, short enough to show."""
    name = clean_line(re.split(r"[/\\]", given)[-1]) or "import"
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= _LONGEST_NAME else f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


def _write(path: Path, stream: IO[bytes], largest: int) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while size <= largest and (chunk := stream.read(_CHUNK)):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()
