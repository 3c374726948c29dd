"""Which files are taken, under which names, and what becomes of those that are not."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from implementor.comments.storage import FileStore, file_name
from implementor.comments.sweeping import sweep_files
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.comments.builders import NOW, PNG, package_of

WORD = package_of({"[Content_Types].xml": b"", "word/document.xml": b""})
MACROS = package_of({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""})
ODT = package_of({"mimetype": b"application/vnd.oasis.opendocument.text"})


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.png", PNG, "image/png"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.gif", b"GIF89a", "image/gif"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.csv", "año;país".encode(), "text/csv"),
        ("a.txt", "año".encode("utf-16"), "text/plain"),
        ("a.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_file_that_is_what_it_says_is_kept(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    store = FileStore(tmp_path)
    stored = store.put(name, io.BytesIO(content))
    assert (stored.name, stored.media_type, stored.size) == (name, media_type, len(content))
    assert store.path(stored.key).read_bytes() == content
    assert store.path(stored.key).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg/>"),
        ("a.html", b"<p>"),
        ("a.exe", b"MZ"),
        ("a.zip", WORD),
        ("a", b"text"),
        (".png", PNG),
        ("a.png", b"<script>"),
        ("a.pdf", b"GIF89a"),
        ("a.txt", b"MZ\x90"),
        ("a.csv", b"\x00\x01"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", ODT),
        ("a.docx", MACROS),
        ("a.xlsx", WORD),
        ("a.ods", ODT),
        ("a.png", b""),
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        FileStore(tmp_path).put(name, io.BytesIO(content))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="larger than 1 MB"):
        FileStore(tmp_path).put("a.txt", io.BytesIO(b"x" * (1024 * 1024 + 1)), largest=1024 * 1024)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ana\\plan.pdf", "plan.pdf"),
        ("gpj.\u202eexe.png", "gpj.exe.png"),
        ("a\x00b\n.txt", "ab .txt"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_key_is_never_a_path() -> None:
    with pytest.raises(ValueError):
        FileStore(Path("/nowhere")).path("../../etc/passwd")


def test_files_that_no_row_names_are_swept_after_a_day(app: Flask, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    old, fresh = (store.put(name, io.BytesIO(PNG)) for name in ("old.png", "new.png"))
    for file, age in ((old, timedelta(days=2)), (fresh, timedelta(hours=2))):
        moment = (NOW - age).timestamp()
        os.utime(store.path(file.key), (moment, moment))
    with reading(app) as session:
        assert sweep_files(session, store, at=NOW) == 1
    assert [store.path(file.key).exists() for file in (old, fresh)] == [False, True]


def test_the_type_of_a_package_does_not_need_unpacking(tmp_path: Path) -> None:
    bomb: dict[str, Any] = {f"word/{number}": b"" for number in range(10_001)}
    with pytest.raises(InvalidInput):
        FileStore(tmp_path).put("bomb.docx", io.BytesIO(package_of({"[Content_Types].xml": b"", **bomb})))
