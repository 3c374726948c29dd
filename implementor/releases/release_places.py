"""What releases add to the shared pages: their names, what people hear of them, and what is undone elsewhere."""

from __future__ import annotations

from typing import Any

from flask import Flask

from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.notifications.news import NewsKind, news_kind
from implementor.releases.permissions import READ_RELEASES
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_news import NEWS
from implementor.releases.release_queries import titles_of_releases
from implementor.releases.release_return import RETURN
from implementor.releases.release_services import APPLY


def contribute_releases(app: Flask) -> None:
    """Called once by the factory, through the package's contributions."""
    record_kind(RecordKind("config_release", say("Release"), ConfigRelease, titles_of_releases, address_of_release))
    news_kind(NewsKind(NEWS, say("releases of the CRM: what changed in it"), READ_RELEASES))
    undone_elsewhere[APPLY] = say("A release is rolled back on its page, as a whole.")
    undone_elsewhere[RETURN] = say("What was rolled back is released again with its wave.")


def address_of_release(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a release's page."""
    return "config_releases.read", {"number": row.number}
