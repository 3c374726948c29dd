"""What is hidden from a role shows at no address and in no file, and nothing is found by it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from implementor.configuration.services.access import needed_fields, set_fields, set_reaches
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.access import Reach
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.permissions import SYSTEM, Role
from implementor.lists.sheets import sheet_of
from tests.auth.builders import working
from tests.security.outsider import OUTSIDER, outsider, pages
from tests.security.walking import Walker, text_of

pytestmark = pytest.mark.sqlite_only("fields are hidden in Python; one database shows it")
WRITTEN = (Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.URL)
IN_TITLES = frozenset({"first_name", "last_name", "company", "follow_up", "named"})
"""What a title is made of is read in it; a follow-up needs a day as well."""
COUNTED = (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE)
FIRST_NUMBER, APART = 71_003, 1_009
"""Numbers that nothing else is, of two shapes: as people read them and as files hold them."""
MADE_OF_PARTS = frozenset({"campaign.budget"})
FOUND = re.compile(r'href="/crm/[a-z-]+/\d+"')


def hideable(kind: str) -> list[Field]:
    """The fields of a kind that an administrator may hide."""
    entity = crm_kinds[kind].entity
    needed = {one.name for one in needed_fields(entity)} | {entity.title_field, entity.default_sort.lstrip("-")}
    return [one for one in entity.fields.values() if one.name not in needed and not one.part_of]


def numbered(kind: str) -> list[Field]:
    """The amounts and numbers that can be hidden and may be as large as the marks."""
    fields = [one for one in hideable(kind) if one.editable and one.kind in COUNTED and not one.is_year]
    fields = [one for one in fields if f"{kind}.{one.name}" not in MADE_OF_PARTS]
    return [one for one in fields if one.maximum is None or one.maximum > 1_000_000]


def marked(walker: Walker) -> dict[str, str]:
    """A text in each field that can be hidden -> its kind and name; written twice, so that there is a history."""
    by = walker.world.people["seller"].actor.with_roles([Role.CRM_ADMIN])
    marks: dict[str, str] = {}
    for turn in ("one", "two"):
        for kind in crm_kinds:
            fields = [
                one for one in hideable(kind) if one.editable and one.kind in WRITTEN and one.name not in IN_TITLES
            ]
            texts = {one.name: f"zq{kind}{one.name}{turn}".replace("_", "") for one in fields}
            marks |= {text: f"{kind}.{name}" for name, text in texts.items()}
            shape = {Kind.EMAIL: "{}@zq.example", Kind.URL: "https://{}.example"}
            values = {one.name: shape.get(one.kind, "{}").format(texts[one.name]) for one in fields}
            for one in numbered(kind):
                number = FIRST_NUMBER + APART * len(marks)
                marks |= dict.fromkeys((str(number), f"{number:,}"), f"{kind}.{one.name}")
                values[one.name] = str(number)
            with working(walker.app, by) as session:
                sheet = sheet_of(kind)
                record = session.scalars(sheet.record(Scope(None, by), walker.world.crm[kind])).one()
                sheet.change(session, record, values, by, datetime.now(UTC))
    return marks


def hide_all(app: Flask) -> None:
    """Managers see every record, and of it no more than everybody needs."""
    with working(app) as session:
        at, manager = datetime.now(UTC), Role.CRM_MANAGER
        set_reaches(session, {(kind, manager): (Reach.ALL, Reach.ALL) for kind in crm_kinds}, by=SYSTEM, at=at)
        for kind in crm_kinds:
            set_fields(session, kind, {(manager, one.name): "hide" for one in hideable(kind)}, by=SYSTEM, at=at)


def test_hidden_fields_show_nowhere_and_find_nothing(walker: Walker) -> None:
    marks = marked(walker)
    hide_all(walker.app)
    who, faults = outsider(walker), []
    for url, page in pages(who):
        faults += [f"{url} shows {field}" for text, field in marks.items() if text in page]
        faults += [url] if url.endswith(" 500") else []
    for text, field in ((text, field) for text, field in marks.items() if text.startswith("zq")):
        for url in ("/search?q=", "/search?order=newest&q=", "/palette?q="):
            if FOUND.search(text_of(who.send(OUTSIDER, "GET", url + text))):
                faults.append(f"{url} finds by {field}")
    assert "\n".join(faults) == ""
    assert len(marks) > 60
