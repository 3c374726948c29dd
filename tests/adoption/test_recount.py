"""Every number of the use of the CRM, counted again in plain Python from the lists that a manager takes along."""

import csv
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import text

from implementor.adoption.formula import Terms
from implementor.adoption.models import AdoptionFormula, FactDay, TeamDay
from implementor.adoption.reading import standing_of
from implementor.adoption.services import formula_in_force, settle_formula
from implementor.foundation.permissions import SYSTEM, Role
from tests.adoption.builders import NOW, read_records, talk
from tests.auth.builders import add_people, reading, working
from tests.crm.builders import Company, company
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of

LISTS = {
    "account": ("Name", "name,industry,phone,city,country,segment,owner,created_at"),
    "contact": ("Name", "name,account,email,phone,job_title,owner,created_at"),
    "opportunity": ("Name", "name,account,contact,amount,close_on,next_step_on,source,owner,created_at"),
    "interaction": ("Subject", "subject,at,owner,created_at"),
}
KEPT = {"account": 5, "contact": 4, "opportunity": 6}
BESIDE = ("Name", "Owner", "Created", "Amount: currency")
PARTS = ("Access", "Process", "Quality of data", "Outcome", "Index")
EMPTY = ("", "n/a", "test")
PEOPLE = ("Seller Vega", "Mate Vega", "Manager Vega")
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def here(app: Flask) -> Company:
    """Two sellers who wrote on many days, well and badly, and their manager who wrote once."""
    found, chance = company(app), random.Random(16)
    for who, days in (("seller", 30), ("mate", 4), ("manager", 1)):
        for number in range(days):
            write(found, who, f"{who} {number}", NOW - timedelta(days=number + 8 * (who == "mate")), chance)
    with working(app) as session:
        session.execute(text("UPDATE account SET phone = 'call me' WHERE id % 5 = 0 AND phone IS NOT NULL"))
        session.execute(text("UPDATE interaction SET about_kind = 'opportunity', about_id = id WHERE id % 3 <> 0"))
    read_records(app)
    return found


def write(here: Company, who: str, name: str, at: datetime, chance: random.Random) -> None:
    """What somebody wrote on a day: an account, a contact, a sale and a talk."""
    some = chance.choice
    account = here.add("account", who, at, name=name, phone=some((None, "+34 600 100 200")),
                       city=some((None, "n/a", "Vigo")), country=some((None, "ES")))  # fmt: skip
    contact = here.add("contact", who, at, first_name="Ana", last_name=name, account=some((None, account)),
                       job_title=some((None, "test", "Buyer")),
                       email=f"{name.replace(' ', '.')}@there.example")  # fmt: skip
    day = NOW.date() + timedelta(days=some((-30, 30)))
    here.add("opportunity", who, at, name=name, account=account, contact=some((contact, contact, None)),
             amount=some((100, 100, None)), close_on=day, next_step="Call", next_step_on=some((day, None)))  # fmt: skip
    talk(here, account, at, at - timedelta(days=some((0, 1, 3))), who)


def rows_of(browser: Browser) -> Rows:
    """The rows of each list, as its file has them."""
    found: Rows = {}
    for kind, (first, columns) in LISTS.items():
        answer = browser.get(f"/lists/{kind}/export.csv?columns={columns}").response.get_data(as_text=True)
        lines = answer.lstrip("\ufeff").splitlines()
        start = next(place for place, line in enumerate(lines) if line.split(",")[0] == first)
        found[kind] = list(csv.DictReader(StringIO("\n".join(lines[start:]))))
    return found


def mean(*shares: Fraction | None) -> Fraction | None:
    """The mean of those that are known."""
    known = [min(one, Fraction(1)) for one in shares if one is not None]
    return sum(known, Fraction()) / len(known) if known else None


class Count:
    """What the rows say of some people, with the index as its page describes it."""

    def __init__(self, rows: Rows, people: Iterable[str], talked_about: set[str]) -> None:
        self.names = set(people)
        own = {kind: [row for row in some if row["Owner"] in self.names] for kind, some in rows.items()}
        written = {(row["Owner"], row["Created"][:10]) for some in own.values() for row in some}
        late = str(NOW.date() - timedelta(days=28))
        self.writing = sum(day > late for _who, day in written)
        self.active = len({who for who, day in written if day > str(NOW.date() - timedelta(days=7))})
        lately = [row for row in own["interaction"] if row["Created"][:10] > late]
        self.talks = sum(taken(row) <= timedelta(days=2, minutes=1) for row in lately), len(lately)
        filled = [pair for kind in KEPT for row in own[kind] for pair in filled_in(kind, row)]
        self.filled = len(filled), sum(KEPT[kind] * len(own[kind]) for kind in KEPT)
        checked = [value for name, value in filled if name in ("Telephone", "E-mail", "Amount")]
        self.valid = sum(value != "call me" for value in checked), len(checked)
        self.healthy = sum(is_healthy(row, talked_about) for row in own["opportunity"]), len(own["opportunity"])

    def parts(self) -> list[Fraction | None]:
        """Access, process, quality and outcome, then the index."""
        people = len(self.names)
        days = Fraction(self.writing, 8 * people)
        reached = [
            Fraction(part * 100, whole * target) if whole else None
            for (part, whole), target in ((self.talks, 90), (self.filled, 90), (self.valid, 98), (self.healthy, 70))
        ]
        found = [mean(days), mean(days, reached[0]), mean(*reached[1:3]), mean(reached[3])]
        known = [(weight, one) for weight, one in zip((15, 35, 35, 15), found, strict=True) if one is not None]
        return [*found, sum((weight * one for weight, one in known), Fraction()) / sum(weight for weight, _ in known)]


def filled_in(kind: str, row: dict[str, str]) -> list[tuple[str, str]]:
    """The wanted fields of a record in which something stands."""
    found = [(name, value) for name, value in row.items() if name not in BESIDE and value.lower() not in EMPTY]
    assert len(row) - sum(name in BESIDE for name in row) == KEPT[kind]
    return found


def taken(row: dict[str, str]) -> timedelta:
    """How long after a talk it was written down."""
    return datetime.fromisoformat(row["Created"]) - datetime.fromisoformat(row["Date and time"])


def is_healthy(row: dict[str, str], talked_about: set[str]) -> bool:
    """Whether a sale has all five marks."""
    marks = row["Next step on"], row["Contact"], row["Amount"], row["Name"] in talked_about
    return all(marks) and date.fromisoformat(row["Close date"]) >= NOW.date()


def talked_about(here: Company) -> set[str]:
    """The names of sales about which somebody talked in the last seven days; lists do not show what talks are about."""
    sql = (
        "SELECT o.name, i.at FROM interaction i JOIN opportunity o ON o.id = about_id WHERE about_kind = 'opportunity'"
    )
    with reading(here.app) as session:
        return {name for name, at in session.execute(text(sql)) if str(at)[:10] > str(NOW.date() - timedelta(days=7))}


def says(told: str, share: Fraction | None) -> bool:
    """Whether a page tells this share, as a percentage without decimals."""
    if share is None:
        return told == "–"
    return abs(int(told.removesuffix("%")) - 100 * share) <= Fraction(51, 100)


def led(here: Company) -> Browser:
    """A browser of the change lead of a project, who may see names."""
    (lead,) = add_people(here.app, [("Lea Lead", "lea@vega.example", ())])
    add_project(here.app, people=[(Role.CHANGE_LEAD, lead)])
    return browser_of(here.app, lead)


def test_every_number_of_a_team_and_its_people_is_found_again_in_their_lists(here: Company) -> None:
    rows, about, browser = rows_of(here.browser("manager")), talked_about(here), led(here)
    page, whole = browser.get("/projects/VEN/adoption/teams/1"), Count(rows, PEOPLE, about)
    assert 0 < whole.healthy[0] < whole.healthy[1]
    told = [cell.text_content().strip() for cell in page.all("main dd")]
    shares = [f"{part} of {total}" for part, total in (whole.talks, whole.filled, whole.valid, whole.healthy)]
    assert told == [f"{Fraction(whole.writing, 3)}"] * 2 + shares
    index, *parts = [told.split("%")[0].split()[-1] for told in page.texts(".stat")]
    assert all(map(says, (*parts, index), whole.parts())), (parts, index, whole.parts())
    lines = {line["Person"].removesuffix(" not active in 7 days"): line for line in page.rows("#people table")}
    assert set(lines) == set(PEOPLE)
    for who, line in lines.items():
        own = Count(rows, [who], about)
        assert all(says(line[name], share) for name, share in zip(PARTS, own.parts(), strict=True)), (line, own.parts())
        assert line["Days with writing, of 28"] == str(own.writing)
        assert ("not active" in line["Person"]) == (own.active == 0)
    (north, _south) = browser.get("/projects/VEN/adoption/").rows("#teams table")
    assert north["Active in 7 days"] == f"{whole.active} ({whole.active / 3:.0%})"
    assert all(says(north[name], share) for name, share in zip(PARTS, whole.parts(), strict=True))


def test_every_number_of_a_kind_of_record_is_found_again_in_its_list(here: Company) -> None:
    rows, browser = rows_of(here.browser("manager")), led(here)
    lines = {line["Kind"]: line for line in browser.get("/projects/VEN/adoption/teams/1").rows("#modules table")}
    late = str(NOW.date() - timedelta(days=28))
    for label, kind in zip(("Accounts", "Contacts", "Opportunities", "Interactions"), LISTS, strict=True):
        line, some = lines[label], rows[kind]
        assert line["Created in 28 days"] == str(sum(row["Created"][:10] > late for row in some))
        if kind not in KEPT:
            assert line["Completeness"] == "–"
            continue
        filled = [filled_in(kind, row) for row in some]
        valid = [value != "call me" for pairs in filled for name, value in pairs
                 if name in ("Telephone", "E-mail", "Amount")]  # fmt: skip
        assert line["Records kept"] == str(len(some))
        assert line["Whole records"] == str(sum(10 * len(pairs) >= 9 * KEPT[kind] for pairs in filled))
        assert says(line["Completeness"], Fraction(sum(map(len, filled)), KEPT[kind] * len(some)))
        assert says(line["Validity"], Fraction(sum(valid), len(valid)))


def some_day(day: date, team_id: int, formula: AdoptionFormula, chance: random.Random) -> TeamDay:
    """What a team of up to four people wrote and entered."""
    counts = {"people": chance.randint(0, 4), "writing": chance.randint(0, 20), "entered": chance.randint(0, 9)}
    counts |= {"on_time": counts["entered"] // 2} | dict.fromkeys(("newcomers", "active_1", "active_7", "active_28"), 0)
    return TeamDay(day=day, team_id=team_id, formula_id=formula.id, **counts)


def test_the_course_of_all_is_that_of_everybody_and_ends_with_the_figure_above_it(app: Flask) -> None:
    chance, today = random.Random(16), NOW.date()
    weeks = [today - timedelta(weeks=back) for back in range(13)]
    with working(app) as session:
        usual = formula_in_force(session, at=NOW)
        terms = replace(Terms(), writing_days=4, prompt=50)
        own = settle_formula(session, terms, "The second year", by=SYSTEM, at=NOW)
        session.add(FactDay(day=today, written_at=NOW, first_change_id=0))
        for day, team_id in product(weeks, (0, 1, 2)):
            session.add(some_day(day, team_id, own if day > weeks[6] else usual, chance))
    with reading(app) as session:
        found = standing_of(session, named=False)
        sums = "SELECT day, SUM(people), SUM(writing), SUM(entered), SUM(on_time) FROM adoption_team_day GROUP BY day"
        rows = {str(day)[:10]: counts for day, *counts in session.execute(text(sums))}
    expected = {}
    for day in weeks:
        people, writing, entered, on_time = map(int, rows[str(day)])
        days, share = (4, 50) if day > weeks[6] else (8, 90)
        if people >= 5:
            in_time = Fraction(on_time * 100, entered * share) if entered else None
            expected[day] = mean(Fraction(writing, people * days), in_time)
    assert 3 < len(expected) < 13
    assert today in expected
    course = dict(found.weeks[()].process)
    assert set(course) == set(expected)
    assert all(abs(Fraction(course[day]) - (share or 0)) <= Fraction(1, 20_000) for day, share in expected.items())
    assert found.whole is not None
    assert course[today] == found.whole.part("process")
