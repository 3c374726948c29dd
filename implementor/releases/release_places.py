"""What releases add to the shared pages: their names, what people hear of them, and what is undone elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from sqlalchemy import Table, false
from sqlalchemy.orm import Session

from implementor.configuration.overlays import overlaying
from implementor.configuration.permissions import CONFIGURE
from implementor.duplicates.references import pointer
from implementor.foundation import returning
from implementor.foundation.panels import Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.lists.origins import Teller, tellers
from implementor.lists.sheets import Sheet, sheet
from implementor.metrics.definitions import NAMED, QUERY, RATIO
from implementor.notifications.news import NewsKind, news_kind
from implementor.releases import moving_on_save
from implementor.releases.move_care import contribute_care
from implementor.releases.permissions import APPLY_RELEASE, READ_RELEASES, VIEW_RELEASES
from implementor.releases.piloting import overlay_of
from implementor.releases.release_catalogue import RELEASE
from implementor.releases.release_models import ConfigRelease, ReleaseRow
from implementor.releases.release_news import NEWS
from implementor.releases.release_planning import verdict_of
from implementor.releases.release_queries import release_in_scope, releases_in_scope, titles_of_releases
from implementor.releases.release_return import RETURN
from implementor.releases.release_services import APPLY, WITH_WAVE
from implementor.releases.row_moving import MOVED
from implementor.waves.tabs import WaveTab, wave_tab
from implementor.web.navigation import NavItem, directory

BY_RECORDS = (QUERY, RATIO, NAMED)
LOG: Table = ReleaseRow.__table__  # type: ignore[assignment]  # declared tables are tables


def contribute_releases(app: Flask) -> None:
    """Called once by the factory, through the package's contributions."""
    contribute_list()
    moving_on_save.install()
    returning.install(LOG)
    contribute_care()
    if overlay_of not in overlaying:
        overlaying.append(overlay_of)
    if not tellers:
        tellers.append(Teller("config_releases.origin", READ_RELEASES))
    pointer("release_row", "kind", "record_id", moves=False)
    news_kind(NewsKind(NEWS, say("releases of the CRM: what changed in it"), READ_RELEASES, order=90))
    board = directory(app)
    board.items.append(
        NavItem("settings", say("Releases of the CRM"), "config_releases.all_releases", READ_RELEASES, order=65)
    )
    board.items.append(
        NavItem("settings", say("Configuration on a day"), "config_releases.bygone", CONFIGURE, order=66)
    )
    undone_elsewhere[APPLY] = undone_elsewhere[WITH_WAVE] = say("A release is rolled back on its page, as a whole.")
    wave_tab(WaveTab(say("Going live"), "config_releases.show", VIEW_RELEASES))
    panel("metric.page", 60, "releases/_of_metric.html", load_of_metric)
    panel("wave.close", 10, "releases/_at_closing.html", load_at_closing)
    board.items.append(
        NavItem("project", say("Releases"), "config_releases.index", VIEW_RELEASES, in_project=True, order=32)
    )
    undone_elsewhere[MOVED] = undone_elsewhere[APPLY]
    undone_elsewhere[RETURN] = say("What was rolled back is released again with its wave.")


def contribute_list() -> None:
    """The list of a project's releases, which are named by their numbers and found by no search."""
    record_kind(RecordKind(RELEASE.kind, RELEASE.label, ConfigRelease, titles_of_releases, address_of_release))
    searchable(Searchable(RELEASE.kind, lambda _release, _key: None, frozenset()))
    sheet(
        Sheet(
            entity=RELEASE,
            base=releases_in_scope,
            record=release_in_scope,
            record_url=lambda row: url_for("config_releases.release", release_number=row.link_number),
            index_url=lambda: url_for("config_releases.index"),
            may_view=VIEW_RELEASES,
            may_edit=APPLY_RELEASE,
            change=lambda _session, _release, _values, _by, _at: None,
            may_change=lambda _scope: false(),
            link_columns=("number",),
            archived_here=False,
        )
    )


def load_of_metric(_session: Session, place: Place) -> Mapping[str, Any] | None:
    """The way to what became of a metric with releases, where it is counted from records."""
    return {"metric": place.record} if place.record.measured_by in BY_RECORDS else None


def load_at_closing(session: Session, place: Place) -> Mapping[str, Any] | None:
    """How the release of the wave stands that is about to be closed."""
    if not place.actor.may(VIEW_RELEASES):
        return None
    verdict = verdict_of(session, place.record)
    return {"verdict": verdict, "wave": place.record} if verdict.plan.steps else None


def address_of_release(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a release's page."""
    return "config_releases.read", {"number": row.number}
