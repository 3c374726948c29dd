"""The Big List of Naughty Strings, dealt out over every text field."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import cycle, groupby
from typing import Any

import pytest
from flask import Flask

from implementor.foundation.text import clean
from implementor.lists.sheets import sheets
from implementor.stories.part_catalogue import PARTS
from implementor.stories.part_services import add_part
from tests.exchange.real_data import real
from tests.security.cells import REQUIRED
from tests.security.hostile import Filling, text_fields, words
from tests.security.text_walk import MARK, NEW, Walk, learned
from tests.stories.builders import START

pytestmark = pytest.mark.sqlite_only("what is drawn is the same on both; what is stored is tested with the values")
PAGES = {
    "story": "stories", "wave": "waves", "obstacle": "obstacles", "criterion": "stories", "task": "stories",
    "risk": "risks", "decision": "decisions", "action_item": "actions", "change_request": "changes",
}  # fmt: skip


@pytest.fixture
def walk(app: Flask) -> Walk:
    """The pages as they are with benign texts are known."""
    return learned(app)


def naughty() -> list[str]:
    """The strings, of which some are in base64's own list only because they are not text."""
    return list(json.loads(real("naughty-strings/blns.json").read_text(encoding="utf-8")))


def store(walk: Walk, fillings: list[Filling]) -> dict[str, Filling]:
    """Make the records through services in one transaction; returns the address of each -> what it holds."""
    here, made = walk.here, {}
    with here.working() as session:
        home = here.one(session)
        for filling in fillings:
            kind = filling.entity.kind
            needed = {name: int(one) if one.isdigit() else one for name, one in REQUIRED[kind].items()}
            values = {**needed, **filling.values}
            make = sheets[kind].create if kind in sheets else None
            if make is not None and kind not in PARTS:
                record: Any = make(session, here.scope, values, here.by, START)
            else:
                record = add_part(session, home, PARTS[kind], values, by=here.by, at=START)
            session.flush()
            made[f"/{PAGES[kind]}/{getattr(record, 'number', 1)}#{kind}-{record.id}"] = filling
    return made


def dealt(strings: list[str], kinds: Iterable[str]) -> list[Filling]:
    """Records that hold each string once, dealt out over all fields of the kinds."""
    fillings, rest, turns = [], list(strings), cycle(kinds)
    while rest:
        kind = next(turns)
        count = len(text_fields(kind))
        fillings.append(Filling.of(kind, rest[:count], MARK))
        rest = rest[count:]
    return fillings


def page_of(address: str) -> str:
    """The page that an address with a fragment leads to."""
    return address.partition("#")[0]


def walk_naughty(walk: Walk, strings: list[str], kinds: Iterable[str], *, fits_a_list: bool = True) -> None:
    """See the strings on pages and in files, and in lists where all records stand on the first page."""
    made = store(walk, [each for each in dealt(strings, kinds) if each.entity.title_field in each.values])
    for url, on_page in groupby(sorted(made, key=page_of), key=page_of):
        held = [made[each] for each in on_page]
        texts = [text for each in held for text in each.readable().values()]
        walk.look(f"page of {held[0].entity.kind}", walk.get(url), texts)
    walk.look_around(list(made.values()) if fits_a_list else [])
    for kind in kinds:
        walk.export(kind, list(made.values()))


def test_every_naughty_string_is_shown_as_text(walk: Walk) -> None:
    walk_naughty(walk, naughty(), list(NEW))
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))


@pytest.mark.full
@pytest.mark.parametrize("kind", NEW)
def test_every_naughty_string_is_shown_as_text_in_each_field(kind: str, walk: Walk) -> None:
    strings, fields = [clean(text) for text in naughty() if words(text)], len(text_fields(kind))
    strings += strings[: -len(strings) % fields]  # a field left empty is drawn in another way
    for turn in range(fields):
        walk_naughty(walk, strings[turn:] + strings[:turn], [kind], fits_a_list=False)
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))
