"""Campaigns side by side: those that began in a time, each with its figures, by channel and by month too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.services.rates import base_currency
from implementor.crm.campaigns import permissions, report_queries
from implementor.crm.campaigns.figures import Figures, together
from implementor.crm.campaigns.models import Campaign
from implementor.crm.campaigns.reporting import ChannelFigures, channels_of, figures_of
from implementor.crm.campaigns.views.routing import blueprint, links_of
from implementor.crm.campaigns.words import CHANNEL, TYPE
from implementor.foundation import live
from implementor.foundation.choices import Choice
from implementor.foundation.filters import NONE
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.spans import span_asked
from implementor.web.unit_of_work import session

MOST = 200
"""Campaigns that are compared at once, the latest ones."""
USUAL_TIME = 365
WAYS: dict[str, Phrase] = {
    "campaign": say("Campaign"), "channel": say("Channel"), "month": say("Month it began"), "type": say("Type"),
}  # fmt: skip


@blueprint.get("/comparison")
@allow(permissions.VIEW)
def compare() -> ResponseReturnValue:
    """One table, in a number of statements that neither campaigns nor records change."""
    first, last = span_asked(lambda last: last - timedelta(days=USUAL_TIME))
    by = request.args.get("by", "")
    by = by if by in WAYS else "campaign"
    scope, base = present_scope(), base_currency(session())
    found = session().scalars(report_queries.campaigns_between(first, last, scope).limit(MOST + 1)).all()
    campaigns = found[:MOST]
    figures = figures_of(session(), scope, [one.id for one in campaigns], base)
    shown: dict[str, Any] = {"first": first, "last": last, "by": by, "ways": WAYS, "base": base}
    if by == "channel":
        rows = _by_channel(channels_of(session(), scope, [one.id for one in campaigns], base), first, last)
    else:
        rows = _rows(campaigns, figures, by, (first, last))
    has_more = len(found) > MOST
    every = {} if has_more else links_of(list(figures), _list_of((first, last)))
    return draw(
        "crm/campaigns/comparison.html", rows=rows, whole=together(figures.values()), has_more=has_more, most=MOST,
        whole_links=every, **shown,
    )  # fmt: skip


def _list_of(days: tuple[date, date], **more: Any) -> str:
    """The campaigns that began on these days."""
    return url_for("campaigns.index", starts_on=f"{days[0].isoformat()}..{days[1].isoformat()}", **more)


def _by_channel(found: Sequence[ChannelFigures], first: date, last: date) -> list[dict[str, Any]]:
    words = live.present().picklist(CHANNEL.key).by_key
    urls = {one.channel: _list_of((first, last), channel=one.channel) if one.channel else None for one in found}
    return [
        {
            "title": _word(words, one.channel),
            "url": urls[one.channel],
            "count": one.campaigns,
            "figures": one.figures,
            "links": {"cost": urls[one.channel]},
        }
        for one in found
    ]


def _word(words: Mapping[str, Choice], key: str | None) -> Phrase | str:
    return words[key].label if key and key in words else key or say("Not said")


def _rows(
    campaigns: Sequence[Campaign], figures: dict[int, Figures], by: str, days: tuple[date, date]
) -> list[dict[str, Any]]:
    if by == "campaign":
        pages = {one.id: url_for("campaigns.show", record_id=one.id) for one in campaigns}
        return [
            {
                "title": one.name, "url": pages[one.id], "figures": figures[one.id],
                "links": links_of([one.id], pages[one.id]), "count": 1,
            }
            for one in campaigns
        ]  # fmt: skip
    groups: dict[Any, list[Campaign]] = defaultdict(list)
    for one in campaigns:
        assert one.starts_on is not None  # the comparison is of those that began
        groups[one.type if by == "type" else one.starts_on.replace(day=1)].append(one)
    return [_group(key, group, figures, by, days) for key, group in groups.items()]


def _group(
    key: Any, group: Sequence[Campaign], figures: dict[int, Figures], by: str, days: tuple[date, date]
) -> dict[str, Any]:
    if by == "type":
        title: Any = _word(live.present().picklist(TYPE.key).by_key, key)
        url = _list_of(days, type=key or NONE)
    else:
        after = (key + timedelta(days=31)).replace(day=1)
        title, url = key, _list_of((max(key, days[0]), min(after - timedelta(days=1), days[1])))
    return {
        "title": title, "url": url, "figures": together(figures[one.id] for one in group),
        "links": links_of([one.id for one in group], url), "count": len(group), "is_month": by == "month",
    }  # fmt: skip
