"""The pages of one wave side by side; packages above add theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say
from implementor.waves.permissions import VIEW
from implementor.web.guard import actor


@dataclass(frozen=True)
class WaveTab:
    """A page of a wave: its address takes the wave's `number`."""

    label: Phrase
    endpoint: str
    permission: Permission = VIEW


_tabs: dict[str, WaveTab] = {}


def wave_tab(tab: WaveTab) -> None:
    """Add a page behind the others; adding it twice changes nothing."""
    _tabs.setdefault(tab.endpoint, tab)


for _own in (
    WaveTab(say("Wave"), "waves.show"), WaveTab(say("Stories"), "waves.stories"), WaveTab(say("Board"), "waves.board"),
):  # fmt: skip
    wave_tab(_own)


def tabs_of(wave_number: int) -> list[dict[str, Any]]:
    """The pages that the reader may open, as `ui.tabs` draws them."""
    return [
        {
            "label": tab.label,
            "url": url_for(tab.endpoint, number=wave_number),
            "is_current": request.endpoint == tab.endpoint,
        }
        for tab in _tabs.values()
        if actor().may(tab.permission)
    ]
