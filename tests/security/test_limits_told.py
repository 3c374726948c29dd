"""The page for operators says the limits, words and ways in that the program has."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from implementor.auth import passwords, sessions, throttling
from implementor.auth.services.links import LIFETIMES
from implementor.comments import file_types, storage
from implementor.committees.services.feeds import open_feed
from implementor.committees.views.own import SALT as FEED
from implementor.settings import PROJECT_ROOT
from implementor.web.next_page import opened_next
from tests.auth.builders import add_person, working
from tests.machinery.applications import TEST_SECRET_KEY
from tests.security.cells import cells_of

PAGE = (PROJECT_ROOT / "docs" / "security" / "limits.md").read_text(encoding="utf-8")
MEGABYTE = 1024 * 1024
NO_WAYS_IN = {"auth.switch_language", "auth.switch_theme", "auth.sign_out"}
"""What anybody may send without getting anywhere."""
LIMITS = [
    *throttling.sign_in_limits("ana@example.com", "192.0.2.0/24", None),
    *throttling.sign_in_limits("ana@example.com", "192.0.2.0/24", "known"),
    *throttling.reset_limits("ana@example.com", "192.0.2.0/24"),
    *throttling.link_limits("192.0.2.0/24"),
    *throttling.password_limits(1),
]


def test_every_limit_of_tries_is_told_as_it_is() -> None:
    rows = {
        f"| {what} | {whom} | {one.attempts} | {one.window.total_seconds() / 60:.0f} |"
        for one in LIMITS
        for what, whom in [one.key.split(":")[:2]]
    }
    told = PAGE.partition("| what | counted for |")[2].partition("\n\n")[0].splitlines()[2:]
    assert set(told) == rows


@pytest.mark.parametrize(
    "fact",
    [
        f"At least {passwords.SHORTEST} characters and at most {passwords.MOST_BYTES} bytes",
        f"; {min(passwords.LEAST_SURPRISE, passwords.SHORTEST // 2)} letters must be left",
        "`implementor/auth/common_words.txt`",
        f"| without being used | {sessions.IDLE.total_seconds() / 3600:.0f} hours |",
        f"| used or not, on a device that is not remembered | {sessions.LONGEST.total_seconds() / 3600:.0f} hours |",
        f"| on a device that is remembered | {sessions.REMEMBERED.days} days |",
        f"the one seen longest ago ends first | {sessions.MOST_SESSIONS} |",
        f"an invitation {LIFETIMES['invite'].total_seconds() / 3600:.0f} hours, a new password"
        f" {LIFETIMES['reset'].total_seconds() / 3600:.0f} hour, the first administrator"
        f" {LIFETIMES['first_admin'].total_seconds() / 3600:.0f} hours",
        f"| attachments | {', '.join(file_types.TYPES)} | {storage.LARGEST_FILE // MEGABYTE} MB each |",
        f"hold {file_types.MOST_ENTRIES} entries and unpack to {file_types.LARGEST_UNPACKED // MEGABYTE} MB",
    ],
)
def test_what_operators_must_know_is_told(fact: str) -> None:
    assert fact in PAGE


@pytest.mark.sqlite_only("routes are the same on both")
def test_every_way_in_is_told(app: Flask) -> None:
    open_to_all = [cell for cell in cells_of(app) if cell.permission == "anyone"]
    ways = {cell.endpoint for cell in open_to_all if "token" in cell.rule or not cell.is_safe}
    told = {name for name in ways if f"`{name}`" in PAGE}
    assert ways - told == NO_WAYS_IN, "Say in docs/security/limits.md what the way takes."


def seals_of_all_sorts() -> dict[str, URLSafeSerializer]:
    """Of two purposes of this program, of one it has not, and of each with another key or algorithm."""
    made = {name: URLSafeSerializer(TEST_SECRET_KEY, salt=name) for name in (FEED, "next-page", "cookie-session")}
    for name in (FEED, "next-page"):
        made[f"{name}, other key"] = URLSafeSerializer("another key", salt=name)
        made[f"{name}, other algorithm"] = URLSafeSerializer(
            TEST_SECRET_KEY, salt=name, signer_kwargs={"digest_method": hashlib.sha512}
        )
    return made


@pytest.mark.sqlite_only("nothing of it depends on the database")
def test_the_seal_of_one_purpose_opens_nothing_of_another(app: Flask) -> None:
    seals = seals_of_all_sorts()
    with app.test_request_context():
        opened = {name: opened_next(str(seal.dumps("/account"))) for name, seal in seals.items()}
    assert {name for name, place in opened.items() if place != "/"} == {"next-page"}
    ana = add_person(app, "Ana Vega")
    with working(app, ana.actor) as session:
        feed = open_feed(session, by=ana.actor, at=datetime.now(UTC))
        token = [feed.id, feed.secret]
    sent = {name: app.test_client().get(f"/calendar-feeds/{seal.dumps(token)!s}") for name, seal in seals.items()}
    assert {name: answer.status_code for name, answer in sent.items()} == {**dict.fromkeys(seals, 404), FEED: 200}
