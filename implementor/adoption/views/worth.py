"""Benefits with measured adoption: money won and money lost to slow adoption, for those who see money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_decimal
from flask import Response, g

from implementor.adoption.views.pictures import short_day
from implementor.adoption.views.routing import blueprint
from implementor.adoption.worth_reading import Benefits, Line, benefits_of
from implementor.discovery.catalogue import BENEFIT
from implementor.exchange.table_files import table_file
from implementor.finance import permissions as money
from implementor.finance.wording import amount_text, short_amount
from implementor.foundation.charts import Element, Mark, Words, line_chart
from implementor.foundation.charts import Line as Drawn
from implementor.foundation.money import plain_amount
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.language import locale, settings, show_date, show_moment
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

HEADER = (
    say("Objective"), say("Benefit"), say("Worth"), say("Currency"), say("How often"), say("First release"),
    say("Since"), say("Due"), say("Share of the time"), say("Utilisation"), say("Proficiency"), say("Planned to date"),
    say("Money won"), say("Money lost"), say("Why nothing is told"),
)  # fmt: skip


@blueprint.get("/benefits")
@allow(money.VIEW)
def benefits(project_key: str) -> Response:
    """Every benefit with what was planned to date, won and lost."""
    found = _found()
    return draw(
        "adoption/benefits.html", found=found, total=found.total, finding=_finding(found), chart=_chart(found),
        rhythm=_rhythm, amount_text=amount_text, short_amount=short_amount,
    )  # fmt: skip


@blueprint.get("/benefits/export.<format>")
@allow(money.VIEW)
def export_benefits(project_key: str, format: str) -> Response:
    """The same as a file, with the factors unrounded."""
    found = _found()
    about = [str(say("Benefits with measured adoption")), f"{g.project.key} {g.project.name}", show_moment(now()),
             actor().name]  # fmt: skip
    name = f"benefits-{g.project.key}-{now():%Y-%m-%d}"
    return table_file(name, format, about=about, header=HEADER, rows=_rows(found))


def _found() -> Benefits:
    return benefits_of(session(), g.project.id, zone=settings().time_zone)


def _rows(found: Benefits) -> Iterator[list[Any]]:
    for line in found.lines:
        begun = line.begun
        amounts = (line.worth.planned, line.worth.won, line.worth.lost) if line.worth else (None, None, None)
        yield [
            line.row.statement, line.row.Benefit.title, plain_amount(line.amount, found.currency), found.currency,
            _rhythm(line), begun.release if begun else None,
            begun.on if begun else None, line.row.due_on, line.share,
            line.used.ratio if line.used else None, found.proficiency,
            *(None if one is None else plain_amount(one, found.currency) for one in amounts), _why(found, line),
        ]  # fmt: skip


def _rhythm(line: Line) -> str:
    choice = BENEFIT.fields["rhythm"].choice(line.row.Benefit.rhythm)
    return "" if choice is None else str(choice.label)


def _why(found: Benefits, line: Line) -> str:
    why = line.why_not or found.why_not
    return "" if why is None else str(why)


def _finding(found: Benefits) -> Phrase | None:
    """What it comes to in one sentence."""
    total = found.total
    if total is None or found.on is None:
        return None
    return say(
        "Until %(day)s %(won)s were won of %(planned)s planned to date; %(lost)s were lost to slow adoption.",
        day=show_date(found.on), won=amount_text(total.won, found.currency),
        planned=amount_text(total.planned, found.currency), lost=amount_text(total.lost, found.currency),
    )  # fmt: skip


def _chart(found: Benefits) -> Element | None:
    """Planned and won by ends of weeks; None before there are two."""
    finding = _finding(found)
    if finding is None or len(found.weeks) < 2:
        return None
    lines = [
        Drawn(str(label), [Mark(point.day, plain_amount(getattr(point.worth, name), found.currency))
                           for point in found.weeks], series, dashes)
        for label, name, series, dashes in (
            (say("As planned"), "planned", 5, "6 4"), (say("Money won"), "won", 3, None),
        )
    ]  # fmt: skip
    described = say("What was planned to date and what was won of it at the end of each week; the gap was lost.")
    return line_chart("benefits_chart", lines, Words(str(finding), str(described), short_day, _short_number))


def _short_number(number: Decimal) -> str:
    return str(format_compact_decimal(number, locale=locale(), fraction_digits=1))
