"""How consolidated packs are found, only by who may see every project in them, with their files and links."""

from __future__ import annotations

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.orm import joinedload, undefer

from implementor.auth.models import User
from implementor.finance.queries.lines import shows_money_to
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor
from implementor.portfolio.models import ConsolidatedFile, ConsolidatedPack, PackLink, PackOpening, PackProject
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to

ON_A_PAGE = 20
MOST_LINKS = 50


def _open_to(actor: Actor) -> Column:
    """Packs of which the actor may see every project, and its money where the pack tells of it."""
    money_hidden = and_(PackProject.shows_money, not_(shows_money_to(actor)))
    closed = (
        select(PackProject.pack_id)
        .join(Project, Project.id == PackProject.project_id)
        .where(PackProject.pack_id == ConsolidatedPack.id, or_(not_(is_visible_to(actor)), money_hidden))
    )
    return ~closed.exists()


def rows_of_packs(actor: Actor) -> Rows:
    """Rows (id, issued_at, language, programme, who, projects) of the packs that are open to somebody."""
    told = (
        select(func.count())
        .where(PackProject.pack_id == ConsolidatedPack.id)
        .correlate(ConsolidatedPack)
        .scalar_subquery()
    )
    return (
        select(
            ConsolidatedPack.id, ConsolidatedPack.issued_at, ConsolidatedPack.language, ConsolidatedPack.programme_id,
            User.name.label("who"), told.label("projects"),
        )
        .outerjoin(User, User.id == ConsolidatedPack.issued_by_id)
        .where(_open_to(actor))
    )  # fmt: skip


def pack_open_to(actor: Actor, *, pack_id: int) -> Select[ConsolidatedPack]:
    """One pack with its content and programme, if it is open to somebody."""
    found = select(ConsolidatedPack).where(ConsolidatedPack.id == pack_id, _open_to(actor))
    return found.options(undefer(ConsolidatedPack.content), joinedload(ConsolidatedPack.programme))


def files_of_pack(*, pack_id: int) -> Select[ConsolidatedFile]:
    """The files that were made of a pack, without their bytes."""
    return select(ConsolidatedFile).where(ConsolidatedFile.pack_id == pack_id).order_by(ConsolidatedFile.format)


def file_of_pack(*, pack_id: int, format: str) -> Select[ConsolidatedFile]:
    """One file with its bytes."""
    found = select(ConsolidatedFile).where(ConsolidatedFile.pack_id == pack_id, ConsolidatedFile.format == format)
    return found.options(undefer(ConsolidatedFile.data))


def links_of_pack(*, pack_id: int) -> Rows:
    """Rows (link, who, openings, last_at), the newest first."""
    opened = (
        select(PackOpening.link_id, func.count().label("openings"), func.max(PackOpening.at).label("last_at"))
        .join(PackLink, PackLink.id == PackOpening.link_id)
        .where(PackLink.pack_id == pack_id)
        .group_by(PackOpening.link_id)
        .subquery()
    )
    return (
        select(PackLink, User.name.label("who"), opened.c.openings, opened.c.last_at)
        .outerjoin(opened, opened.c.link_id == PackLink.id)
        .outerjoin(User, User.id == PackLink.created_by_id)
        .where(PackLink.pack_id == pack_id)
        .order_by(PackLink.id.desc())
        .limit(MOST_LINKS)
    )


def link_of_pack(*, pack_id: int, link_id: int) -> Select[PackLink]:
    """One link of a pack."""
    return select(PackLink).where(PackLink.pack_id == pack_id, PackLink.id == link_id)


def pack_of_token(token_hash: str) -> Rows:
    """One row (PackLink, ConsolidatedPack with its content) of the link that has this hash."""
    return (
        select(PackLink, ConsolidatedPack)
        .join(ConsolidatedPack, ConsolidatedPack.id == PackLink.pack_id)
        .where(PackLink.token_hash == token_hash)
        .options(undefer(ConsolidatedPack.content))
    )


def last_pack(*, programme_id: int | None) -> Select[ConsolidatedPack]:
    """The last pack of a programme, or of the portfolio."""
    scope = ConsolidatedPack.programme_id
    return (
        select(ConsolidatedPack)
        .where(scope.is_(None) if programme_id is None else scope == programme_id)
        .order_by(ConsolidatedPack.id.desc())
        .limit(1)
    )
