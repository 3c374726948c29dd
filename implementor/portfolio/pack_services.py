"""What can happen to consolidated packs: issued, shared by a link, and a link revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.portfolio import pack_queries as queries
from implementor.portfolio.models import ConsolidatedPack, PackLink, PackOpening, PackProject
from implementor.portfolio.pack_composing import ComposedPack, Wanted
from implementor.status.services import LONGEST_COMMENT
from implementor.status.sharing import DAYS, LONGEST_LABEL, hash_of


class NothingToTell(Refusal):
    """A pack without projects tells nothing."""


def issue_pack(session: Session, wanted: Wanted, made: ComposedPack, *, by: Actor, at: datetime) -> ConsolidatedPack:
    """Freeze what was composed. Raises NothingToTell."""
    if not made.projects:
        raise NothingToTell(say("There is no project to tell of. A pack begins with the first one."))
    pack = ConsolidatedPack(
        programme_id=wanted.programme_id, language=wanted.language, comment=wanted.comment, issued_at=at,
        issued_by_id=by.user_id, content=made.content,
    )  # fmt: skip
    session.add(pack)
    session.flush()
    session.add_all(
        PackProject(pack_id=pack.id, project_id=project_id, shows_money=shows_money)
        for project_id, shows_money in made.projects.items()
    )
    name_action(session, say("Issued consolidated pack %(number)s", number=pack.id), verb="pack.issue")
    session.flush()
    return pack


def checked_comment(text: str) -> str:
    """A comment as it is kept. Raises InvalidInput for one that is too long."""
    comment = clean(text).strip()
    if len(comment) > LONGEST_COMMENT:
        said = say("Up to %(longest)s characters, so that it fits on one sheet.", longest=LONGEST_COMMENT)
        raise InvalidInput({"comment": said})
    return comment


def share_pack(
    session: Session, pack: ConsolidatedPack, *, label: str, days: int, by: Actor, at: datetime
) -> tuple[PackLink, str]:
    """A link for so many days, and its token, which is told this once and kept nowhere. Raises InvalidInput."""
    said = clean_line(label)
    faults: dict[str, Phrase] = {}
    if not said or len(said) > LONGEST_LABEL:
        faults["label"] = say("Say in a few words who it is for.")
    if days not in DAYS:
        faults["days"] = say("Choose for how long.")
    if faults:
        raise InvalidInput(faults)
    token = secrets.token_urlsafe(32)
    link = PackLink(pack_id=pack.id, token_hash=hash_of(token), label=said, expires_at=at + timedelta(days=days))
    session.add(link)
    words = say("Shared consolidated pack %(number)s with %(label)s", number=pack.id, label=said)
    name_action(session, words, verb="pack.share")
    session.flush()
    return link, token


def revoke_pack_link(session: Session, link: PackLink, *, by: Actor, at: datetime) -> None:
    """Shut a link now; one that is shut stays as it is."""
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by_id = at, by.user_id
    name_action(session, say("Revoked the link for %(label)s", label=link.label), verb="pack.revoke")
    session.flush()


def shared_pack(session: Session, token: str, *, at: datetime) -> tuple[PackLink, ConsolidatedPack] | None:
    """What a token opens at a moment; None for one that is unknown, expired or revoked."""
    found = session.execute(queries.pack_of_token(hash_of(token))).one_or_none()
    if found is None or not found.PackLink.is_valid(at):
        return None
    return found.PackLink, found.ConsolidatedPack


def note_pack_opening(session: Session, *, link_id: int, block: str, format: str | None, at: datetime) -> None:
    """Write down that a link was opened; nothing of the person but the block of addresses is kept."""
    session.add(PackOpening(link_id=link_id, at=at, block=block, format=format))
