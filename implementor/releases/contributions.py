"""What migration runs add to the shared pages: their list and records, what can be taken back, their place."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from implementor.foundation.measures import takers
from implementor.foundation.panels import panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.history.timeline import sources
from implementor.lists.sheets import Sheet, sheet
from implementor.projects.beginnings import beginnings
from implementor.releases import item_queries, item_services, permissions, queries, services
from implementor.releases.catalogue import MIGRATION
from implementor.releases.chased import let_chase
from implementor.releases.gate_checks import declare_checks
from implementor.releases.item_catalogue import ITEM
from implementor.releases.item_models import LIVE, ConfigItem
from implementor.releases.item_panel import load_of_story
from implementor.releases.item_timeline import setting_entries
from implementor.releases.kinds.known import declare_kinds
from implementor.releases.library_beginning import LIBRARY
from implementor.releases.models import MigrationFigure, MigrationRun
from implementor.releases.release_places import contribute_releases
from implementor.releases.report_panels import load_of_report, load_of_requirement
from implementor.releases.withdrawals import release_that_took
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare_checks()
    if release_that_took not in takers:
        takers.append(release_that_took)
    if LIBRARY not in beginnings:
        beginnings.append(LIBRARY)
    contribute_releases(app)
    declare_kinds()
    contribute_items(app)
    sheet(
        Sheet(
            entity=MIGRATION,
            base=queries.runs_in_use,
            record=queries.run_in_scope,
            record_url=lambda row: url_for("releases.show", migration_id=row.id),
            index_url=lambda: url_for("releases.index"),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, run, values, by, at: services.change_run(of, run, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.create_run(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New migration run"),
            may_change=lambda _scope: MigrationRun.signed_at.is_(None),
        )
    )
    record_kind(RecordKind("migration_run", MIGRATION.label, MigrationRun, queries.titles_of_runs, address_of_run))
    let_chase()
    undoable["migration_run"] = Restorer(MigrationRun, services.restore_run, permissions.EDIT, asks_to_put_away=True)
    undoable["migration_figure"] = Restorer(
        MigrationFigure, services.restore_figure, permissions.EDIT, asks_to_put_away=True
    )
    board = directory(app)
    board.items.append(
        NavItem("project", say("Migrations"), "releases.index", permissions.VIEW, in_project=True, order=70)
    )
    board.shortcuts.append(Shortcut("g n", say("Go to the migration runs"), "releases.index", in_project=True))


def contribute_items(app: Flask) -> None:
    """The settings that stories carry."""
    sheet(
        Sheet(
            entity=ITEM,
            base=item_queries.items_in_use,
            record=item_queries.item_in_scope,
            record_url=lambda row: url_for("items.show", item_id=row.id),
            index_url=lambda: url_for("items.index"),
            may_view=permissions.VIEW_ITEMS,
            may_edit=permissions.EDIT_ITEMS,
            change=lambda _session, _item, _values, _by, _at: None,
            may_change=lambda _scope: ConfigItem.state != LIVE,
            why_not=lambda item: item_services.live_already(item) if item.is_live else None,
        )
    )
    record_kind(RecordKind(ITEM.kind, ITEM.label, ConfigItem, item_queries.titles_of_items, address_of_item))
    undoable[ITEM.kind] = Restorer(
        ConfigItem, item_services.restore_item, permissions.EDIT_ITEMS, asks_to_put_away=True
    )
    sources["settings"] = setting_entries
    panel("story.page", 40, "releases/items/_of_story.html", load_of_story)
    panel("wanted_report.answer", 10, "releases/_of_requirement.html", load_of_requirement)
    panel("report.page", 10, "releases/_of_report.html", load_of_report)
    label = say("Settings of the CRM")
    directory(app).items.append(
        NavItem("project", label, "items.index", permissions.VIEW_ITEMS, in_project=True, order=65)
    )


def address_of_run(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a run's page."""
    return "releases.show", {"project_key": row.project_key, "migration_id": row.id}


def address_of_item(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of the page of a setting."""
    return "items.show", {"project_key": row.project_key, "item_id": row.id}
