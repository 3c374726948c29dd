"""What `implementor doctor` looks at: each floor and package says whether its part of an installation is in order."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from implementor.settings import Settings
from implementor.web.assets import choose_frontend, pinned_files
from implementor.web.database import SOUND_SQLITE, db, sqlite_driver
from implementor.web.migrate import is_up_to_date

GOOD, NOTE, FAULT = "good", "note", "fault"
LITTLE_ROOM = 1024**3
"""Bytes; with less free space a backup or a large import may fill the disk."""


@dataclass(frozen=True)
class Finding:
    """How one part is: in order (`good`), worth knowing (`note`), or to be mended (`fault`), with the way out."""

    name: str
    state: str
    words: str


Look = Callable[[Flask, datetime], tuple[str, str]]
looks: dict[str, Look] = {}


def looks_at(name: str) -> Callable[[Look], Look]:
    """Register what is asked about one part; it gets the application and the time, and answers state and words."""

    def register(look: Look) -> Look:
        looks[name] = look
        return look

    return register


def examine(app: Flask, at: datetime) -> Iterator[Finding]:
    """Every finding, in the order of the floors; a part that cannot be asked because of the database says so."""
    with app.app_context():
        for name, look in looks.items():
            try:
                yield Finding(name, *look(app, at))
            except DBAPIError as away:
                yield Finding(name, FAULT, f"cannot be asked of the database: {str(away.orig).splitlines()[0]}")
                db.session.rollback()


def examine_once(app: Flask, at: datetime) -> list[Finding]:
    """The same for a command, which leaves no connection behind."""
    found = list(examine(app, at))
    with app.app_context():
        db.engine.dispose()
    return found


def as_json(findings: list[Finding]) -> dict[str, object]:
    """The answer of `--json`."""
    return {"healthy": is_healthy(findings), "findings": [asdict(each) for each in findings]}


def is_healthy(findings: list[Finding]) -> bool:
    """Whether nothing has to be mended."""
    return all(each.state != FAULT for each in findings)


def settings_of(app: Flask) -> Settings:
    """The settings the application runs with."""
    found: Settings = app.extensions["implementor_settings"]
    return found


@looks_at("database")
def look_at_database(app: Flask, _at: datetime) -> tuple[str, str]:
    """Reached, and sound enough to keep what was confirmed."""
    if db.engine.dialect.name != "sqlite":
        return GOOD, f"PostgreSQL {db.session.execute(text('show server_version')).scalar_one()} answers"
    version = sqlite_driver().sqlite_version
    if tuple(map(int, version.split("."))) < SOUND_SQLITE:
        sound = ".".join(map(str, SOUND_SQLITE))
        return FAULT, f"SQLite {version} can lose what was saved: install pysqlite3 with SQLite {sound} or newer"
    faults = db.session.execute(text("pragma quick_check(1)")).scalar_one()
    if faults != "ok":
        return FAULT, f"the file is damaged ({faults}): stop the server and restore the last backup"
    return GOOD, f"SQLite {version}, its file is whole"


@looks_at("schema")
def look_at_schema(_app: Flask, _at: datetime) -> tuple[str, str]:
    """As the program expects it."""
    if is_up_to_date(db.engine):
        return GOOD, "the database is up to date"
    return FAULT, "the database is behind the program: run `implementor db upgrade`"


@looks_at("folder")
def look_at_folder(app: Flask, _at: datetime) -> tuple[str, str]:
    """Files can be written, and there is room for more."""
    folder = settings_of(app).var_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix="doctor-")
    except OSError as refused:
        return FAULT, f"{folder} cannot be written to ({refused.strerror}): give it to the user of the server"
    os.close(handle)
    os.unlink(name)  # noqa: PTH108  # made by its name just above
    free = shutil.disk_usage(folder).free
    words = f"{folder} can be written to, {free / 1024**3:.1f} GB are free"
    return (GOOD, words) if free >= LITTLE_ROOM else (FAULT, f"{words}: make room before the disk is full")


@looks_at("front end")
def look_at_front_end(app: Flask, _at: datetime) -> tuple[str, str]:
    """Browsers get the scripts of pages."""
    assets = settings_of(app).assets
    missing = [each.name for each in pinned_files() if not each.is_here()]
    if assets == "local" and missing:
        return (
            FAULT,
            f"{', '.join(missing)} are not in static/vendor: `make run` fetches them where npm is",
        )
    return GOOD, "scripts come from " + ("the CDN" if choose_frontend(assets).from_cdn else "here")


@looks_at("address")
def look_at_address(app: Flask, _at: datetime) -> tuple[str, str]:
    """Links in mails lead here, and cookies are not sent in the clear."""
    parts = urlsplit(settings_of(app).base_url)
    if not parts.hostname:
        return NOTE, "IMPLEMENTOR_BASE_URL is not set: links in mails lead to the address a request came by"
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return NOTE, f"{settings_of(app).base_url} is not encrypted: put a proxy with TLS in front"
    return GOOD, f"people come by {settings_of(app).base_url}"
