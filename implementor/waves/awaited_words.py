"""How pages say what waves wait for from other projects, which are named to those who may see them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.projects.queries import titles_of_projects
from implementor.waves.awaiting import Delivery
from implementor.waves.forecasting import ProjectForecast
from implementor.web.language import show_date


def told_awaited(session: Session, made: ProjectForecast, actor: Actor) -> dict[int, list[Phrase]]:
    """Sentences by wave number; who may not see a project learns neither its name nor what it delivers."""
    suppliers = {one.supplier_id for wave in made.waves for one in wave.waits}
    names = {row.id: row.title for row in session.execute(titles_of_projects(actor, suppliers))} if suppliers else {}
    return {wave.wave.number: _told(wave.waits, names, made.today) for wave in made.waves if wave.waits}


def _told(waits: Sequence[Delivery], names: Mapping[int, str], today: date) -> list[Phrase]:
    return [_sentence(one, names.get(one.supplier_id), today) for one in waits]


def _sentence(one: Delivery, name: str | None, today: date) -> Phrase:
    what = say("another project") if name is None else say("%(what)s of %(project)s", what=one.what, project=name)
    if one.runs is not None:
        even, sure = (_day(one.runs.weeks_for(one.left, share), today) for share in (50, 85))
        return say("Waits for %(what)s: there by %(even)s as likely as not, by %(sure)s with a chance of 85 %%.",
                   what=what, even=even, sure=sure)  # fmt: skip
    if one.promised_on is None:
        return say("Waits for %(what)s: no day is promised, so %(day)s is reckoned with.", what=what,
                   day=show_date(one.there_on))  # fmt: skip
    if one.promised_on < today:
        return say("Waits for %(what)s: promised for %(day)s and not there yet.", what=what,
                   day=show_date(one.promised_on))  # fmt: skip
    return say("Waits for %(what)s: promised for %(day)s.", what=what, day=show_date(one.promised_on))


def _day(weeks: float | None, today: date) -> str | Phrase:
    return say("more than five years") if weeks is None else show_date(today + timedelta(days=ceil(weeks * 7)))
