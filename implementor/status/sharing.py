"""Sharing an issued report with people who have no account: by a link that ends, can be revoked and is counted."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.status import report_queries as queries
from implementor.status.models import ShareLink, ShareOpening, StatusReport

LONGEST_LABEL = 80
DAYS = (7, 14, 30, 90)
"""For how long a link may be given."""


class NothingToShare(Refusal):
    """Only what is issued and stands is shared."""


def share_report(
    session: Session, report: StatusReport, *, label: str, days: int, by: Actor, at: datetime
) -> tuple[ShareLink, str]:
    """A link for so many days, and its token, which is told this once and kept nowhere.

    Raises NothingToShare and InvalidInput.
    """
    if not report.is_issued or report.replaced_at is not None:
        raise NothingToShare(say("Only an issued report that still stands is shared."))
    said = clean_line(label)
    faults = {}
    if not said or len(said) > LONGEST_LABEL:
        faults["label"] = say("Say in a few words who it is for.")
    if days not in DAYS:
        faults["days"] = say("Choose for how long.")
    if faults:
        raise InvalidInput(faults)
    token = secrets.token_urlsafe(32)
    link = ShareLink(
        project_id=report.project_id, report_id=report.id, token_hash=hash_of(token), label=said,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    session.add(link)
    name_action(session, say("Shared status report %(number)s with %(label)s", number=report.number, label=said),
                verb="report.share", project_id=report.project_id)  # fmt: skip
    session.flush()
    return link, token


def revoke_link(session: Session, link: ShareLink, *, by: Actor, at: datetime) -> None:
    """Shut a link now; one that is shut stays as it is."""
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by_id = at, by.user_id
    name_action(session, say("Revoked the link for %(label)s", label=link.label), verb="report.revoke",
                project_id=link.project_id)  # fmt: skip
    session.flush()


def shared_report(session: Session, token: str, *, at: datetime) -> tuple[ShareLink, StatusReport] | None:
    """What a token opens at a moment; None for one that is unknown, expired or revoked."""
    found = session.execute(queries.link_by_hash(hash_of(token))).one_or_none()
    if found is None or not found.ShareLink.is_valid(at):
        return None
    return found.ShareLink, found.StatusReport


def note_opening(
    session: Session, *, project_id: int, link_id: int, block: str, format: str | None, at: datetime
) -> None:
    """Write down that a link was opened; nothing of the person but the block of addresses is kept."""
    session.add(ShareOpening(project_id=project_id, link_id=link_id, at=at, block=block, format=format))


def hash_of(token: str) -> str:
    """What is kept of a token, which has 256 bits of chance."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
