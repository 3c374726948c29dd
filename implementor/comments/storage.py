"""Where the bytes of attached files lie: under random names, outside everything that is served by itself."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from implementor.comments.file_types import media_type_of
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean_line
from implementor.foundation.words import say

LARGEST_FILE = 25 * 1024 * 1024  # bytes
LONGEST_NAME = 200
_CHUNK = 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class StoredFile:
    """A file that was written and looked at; `size` in bytes, `sha256` in hex."""

    name: str
    media_type: str
    size: int
    sha256: str
    key: str


class FileStore:
    """Files by key in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the file of a key lies."""
        if not _KEY.fullmatch(key):
            raise ValueError("a key of the file store has 32 hexadecimal digits")
        return self.folder / key[:2] / key

    def put(self, name: str, stream: IO[bytes], *, largest: int = LARGEST_FILE) -> StoredFile:
        """Write a file so that it survives a crash. Raises InvalidInput and keeps nothing when it is refused."""
        name = file_name(name)
        key = secrets.token_hex(16)
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            size, digest = _write(path, stream, largest)
            if size > largest:
                raise InvalidInput(
                    {"files": say("%(name)s is larger than %(limit)s MB.", name=name, limit=largest // (1024 * 1024))}
                )
            if size == 0:
                raise InvalidInput({"files": say("%(name)s is empty.", name=name)})
            return StoredFile(name, media_type_of(name, path), size, digest, key)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def remove(self, key: str) -> None:
        """Take a file away; it may be gone already."""
        self.path(key).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Keys of files written before a moment."""
        for path in sorted(self.folder.glob("??/*")):
            if _KEY.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
                yield path.name


def file_name(given: str) -> str:
    """A file's name as people gave it, without folders and without marks that would make it look like another."""
    name = clean_line(re.split(r"[/\\]", given)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cf", "Co", "Cn"))
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem.strip(" ."):
        raise InvalidInput({"files": say("A file needs a name with an ending, such as plan.pdf.")})
    room = LONGEST_NAME - len(extension) - 1
    return f"{stem[: max(room, 1)]}.{extension}"[:LONGEST_NAME]


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
