"""How work flows through a project: where stories stand, how long they take, how old they are, what waves keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.charts import Element, Mark, Words
from implementor.foundation.flow_charts import Band, Level, band_chart, dot_chart
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.governance.catalogue.obstacles import KINDS
from implementor.stories.links import story_name
from implementor.stories.statuses import BY_HAND, status_choice
from implementor.waves import permissions
from implementor.waves.fan import short_day
from implementor.waves.flow import BANDS, Cycle
from implementor.waves.flow_reading import LEVELS, MOST_MOVES, Flow, flow_of
from implementor.waves.views.routing import blueprint
from implementor.web.guard import allow
from implementor.web.language import settings, show_date, show_number
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

WEEKS, MOST_WEEKS = 26, 104
CHOICES = (4, 12, 26, 52, 104)
MOST_DOTS = 300
SERIES = {"finished": 3, "review": 2, "doing": 1, "planned": 5}


@blueprint.get("/flow")
@allow(permissions.VIEW)
def flow(project_key: str) -> ResponseReturnValue:
    """Every figure of flow over the last weeks (`weeks` of the address)."""
    weeks = min(max(whole_number(request.args.get("weeks", "")) or WEEKS, 1), MOST_WEEKS)
    zone = settings().time_zone
    first = now().astimezone(zone).date() - timedelta(weeks=weeks)
    found = flow_of(session(), project_id=g.project.id, first=first, at=now(), zone=zone)
    shown = found.cycles[-MOST_DOTS:]
    return draw(
        "waves/flow.html",
        flow=found,
        weeks=weeks,
        choices=sorted({*CHOICES, weeks}),
        bands=[(band, band_label(band)) for band in BANDS],
        standing=_chart_of_standing(found) if len(found.days) > 1 else None,
        cycles=_chart_of_cycles(found, shown) if shown else None,
        shown=shown,
        levels=LEVELS,
        most_moves=MOST_MOVES,
        statuses=[(status_choice(key), found.statuses[key]) for key in BY_HAND if key in found.statuses],
        kinds={choice.key: choice for choice in KINDS},
        story_name=story_name,
        status_choice=status_choice,
    )


def band_label(band: str) -> Phrase:
    """The words of a band."""
    return say("Finished work") if band == "finished" else status_choice(band).label


def _chart_of_standing(found: Flow) -> Element:
    bands = [
        Band(
            str(band_label(band)),
            [Decimal(counts[band]) for _day, counts in found.days],
            SERIES[band],
            str(say("%(count)s now: %(band)s", count=found.days[-1][1][band], band=band_label(band))),
            url_for("stories.index", status=band) if band != "finished" else url_for("waves.index"),
        )
        for band in BANDS
    ]
    last, before = found.days[-1][1], found.days[0][1]
    finding = say(
        "%(done)s stories were finished between %(first)s and %(last)s; %(under)s are in progress or in review now.",
        done=last["finished"] - before["finished"],
        first=show_date(found.first),
        last=show_date(found.last),
        under=last["doing"] + last["review"],
    )
    description = say("Each band is as high as the number of stories in that status at the end of the day.")
    words = Words(str(finding), str(description), short_day, show_number)
    return band_chart("standing", [day for day, _counts in found.days], bands, words)


def _chart_of_cycles(found: Flow, shown: Sequence[Cycle]) -> Element:
    dots = [_dot(found, cycle) for cycle in shown]
    levels = [
        Level(Decimal(str(value)), str(say("%(chance)s %%: %(days)s", chance=share, days=show_number(value))))
        for share, value in found.levels.items()
        if value is not None
    ]
    finding = say("85 of 100 stories were finished within %(days)s days.", days=show_number(found.usual or 0))
    description = say("Each dot is a story on the day it was finished, as high as the days it took from its beginning.")
    return dot_chart("cycles", dots, levels, Words(str(finding), str(description), short_day, show_number), found.last)


def _dot(found: Flow, cycle: Cycle) -> Mark:
    number, title = found.names[cycle.story_id]
    said = say(
        "%(story)s %(title)s: %(days)s days, finished on %(day)s",
        story=story_name(number),
        title=title,
        days=cycle.days,
        day=show_date(cycle.finished),
    )
    return Mark(cycle.finished, Decimal(cycle.days), str(said), url_for("stories.show", number=number))
