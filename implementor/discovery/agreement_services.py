"""What can happen to agreements of marketing and sales: written, signed by both, reviewed, replaced by an edition."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery import agreement_queries as queries
from implementor.discovery.editions import (
    NotInForce,
    SignedAlready,
    come_into_force,
    refuse_frozen,
    refuse_incomplete,
    refuse_not_in_force,
)
from implementor.discovery.models import AgreementFigure, AgreementReview, ServiceAgreement
from implementor.discovery.services import refuse_stranger
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.metrics.models import Metric

LONGEST_NOTE = 4000
SIGNERS = {"marketing": "marketing_signer_id", "sales": "sales_signer_id"}
COPIED = (
    "title", "marketing_duties", "sales_duties", "data_clause", "review_months", "marketing_signer_id",
    "sales_signer_id",
)  # fmt: skip


class NotNamed(Refusal):
    """Only who is named for a side signs for it."""


def create_agreement(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> ServiceAgreement:
    """Begin an agreement. `values` are catalogue values. Raises InvalidInput."""
    agreement = ServiceAgreement(project_id=project_id, edition=1, review_months=3)
    _give(session, agreement, values)
    session.add(agreement)
    _name(session, agreement, "agreement.create", say("Began the agreement %(title)s", title=agreement.title))
    session.flush()
    return agreement


def change_agreement(
    session: Session, agreement: ServiceAgreement, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Say anew what is agreed. Raises Frozen once a side signed, and InvalidInput."""
    refuse_frozen(agreement)
    _give(session, agreement, values)
    _name(session, agreement, "agreement.change", say("Changed the agreement %(title)s", title=agreement.title))
    session.flush()


def restore_agreement(
    session: Session, agreement: ServiceAgreement, values: dict[str, Any], by: Actor, at: datetime
) -> None:
    """Give an agreement earlier values; signatures neither come nor go that way."""
    refuse_frozen(agreement)
    for name, value in values.items():
        setattr(agreement, name, value)


def restore_figure(session: Session, figure: AgreementFigure, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a figure earlier values, unless somebody signed."""
    refuse_frozen(session.get_one(ServiceAgreement, figure.agreement_id))
    for name, value in values.items():
        setattr(figure, name, value)


def hold_to(
    session: Session, agreement: ServiceAgreement, metric: Metric, *, side: str, by: Actor, at: datetime
) -> None:
    """Hold a side to a metric; again gives it to the other side. Raises Frozen and InvalidInput."""
    refuse_frozen(agreement)
    if side not in SIGNERS:
        raise InvalidInput({"side": say("Choose the side that answers for it.")})
    found = session.scalars(queries.figure_of_agreement(agreement_id=agreement.id, metric_id=metric.id)).one_or_none()
    if found is None:
        found = AgreementFigure(project_id=agreement.project_id, agreement_id=agreement.id, metric_id=metric.id)
        session.add(found)
    found.side = side
    _name(session, agreement, "agreement.figure", say("Put %(metric)s into %(title)s", metric=metric.name,
                                                      title=agreement.title))  # fmt: skip
    session.flush()


def hold_no_longer(session: Session, agreement: ServiceAgreement, metric: Metric, *, by: Actor, at: datetime) -> None:
    """Take a figure out. Raises Frozen."""
    refuse_frozen(agreement)
    found = session.scalars(queries.figure_of_agreement(agreement_id=agreement.id, metric_id=metric.id)).one_or_none()
    if found is None:
        return
    session.delete(found)
    _name(session, agreement, "agreement.figure", say("Took %(metric)s out of %(title)s", metric=metric.name,
                                                      title=agreement.title))  # fmt: skip
    session.flush()


def sign(session: Session, agreement: ServiceAgreement, *, by: Actor, at: datetime) -> str:
    """Sign for the side that the person is named for; answers which. With the second signature it is in force.

    Raises NotNamed, SignedAlready, and NotComplete while promises, figures, the data clause or a name are missing.
    """
    side = side_of(agreement, by)
    if side is None:
        raise NotNamed(say("Only the two people who are named in it sign this agreement."))
    if getattr(agreement, f"{side}_signed_at") is not None:
        raise SignedAlready(say("You signed this agreement already."))
    refuse_incomplete(missing_of(session, agreement))
    setattr(agreement, f"{side}_signed_at", at)
    if come_into_force(session, agreement, at):
        agreement.next_review_on = months_after(at.date(), agreement.review_months)
        if agreement.replaces_id is not None:
            session.get_one(ServiceAgreement, agreement.replaces_id).next_review_on = None
    _name(session, agreement, "agreement.sign", say("Signed the agreement %(title)s", title=agreement.title))
    session.flush()
    return side


def withdraw(session: Session, agreement: ServiceAgreement, *, by: Actor, at: datetime) -> None:
    """Take the first signature back while the other is missing. Raises Frozen and NotNamed."""
    if agreement.signed_at is not None:
        refuse_frozen(agreement)
    side = side_of(agreement, by)
    if side is None or getattr(agreement, f"{side}_signed_at") is None:
        raise NotNamed(say("Only who signed takes the signature back."))
    setattr(agreement, f"{side}_signed_at", None)
    _name(session, agreement, "agreement.sign", say("Took the signature under %(title)s back", title=agreement.title))
    session.flush()


def review(
    session: Session, agreement: ServiceAgreement, *, outcome: str, note: str, by: Actor, at: datetime
) -> AgreementReview:
    """Write down that it was looked at again, and when next. Raises NotInForce and InvalidInput."""
    refuse_not_in_force(agreement)
    text = clean(note).strip()
    if outcome not in ("kept", "broken", "change"):
        raise InvalidInput({"outcome": say("Choose what came out of the review.")})
    if not text or len(text) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Say in a few words what was found.")})
    made = AgreementReview(
        project_id=agreement.project_id, agreement_id=agreement.id, outcome=outcome, note=text, reviewed_at=at,
        reviewed_by_id=by.user_id,
    )  # fmt: skip
    session.add(made)
    agreement.next_review_on = months_after(at.date(), agreement.review_months)
    _name(session, agreement, "agreement.review", say("Reviewed the agreement %(title)s", title=agreement.title))
    session.flush()
    return made


def next_edition(session: Session, agreement: ServiceAgreement, *, by: Actor, at: datetime) -> ServiceAgreement:
    """A draft with the same words, which replaces this one when both sides signed it. Raises NotInForce."""
    refuse_not_in_force(agreement)
    if session.scalars(queries.next_edition(agreement_id=agreement.id)).first() is not None:
        raise NotInForce(say("The next edition of %(title)s is being written already.", title=agreement.title))
    made = ServiceAgreement(
        **{name: getattr(agreement, name) for name in COPIED}, project_id=agreement.project_id,
        edition=agreement.edition + 1, replaces_id=agreement.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    for row in session.execute(queries.figures_of_agreement(agreement_id=agreement.id)).all():
        session.add(AgreementFigure(
            project_id=agreement.project_id, agreement_id=made.id, metric_id=row.Metric.id, side=row.side
        ))  # fmt: skip
    _name(session, made, "agreement.edition", say("Began the next edition of %(title)s", title=agreement.title))
    session.flush()
    return made


def side_of(agreement: ServiceAgreement, by: Actor) -> str | None:
    """The side that a person is named for; None for everybody else."""
    if by.user_id is None:
        return None
    return next((side for side, name in SIGNERS.items() if getattr(agreement, name) == by.user_id), None)


def missing_of(session: Session, agreement: ServiceAgreement) -> list[Phrase]:
    """What is missing before somebody can sign, in words."""
    rows = session.execute(queries.figures_of_agreement(agreement_id=agreement.id)).all()
    checks: tuple[tuple[bool, Phrase], ...] = (
        (bool(agreement.marketing_duties), say("what marketing promises")),
        (bool(agreement.sales_duties), say("what sales promises")),
        (bool(agreement.data_clause), say("the data clause")),
        (bool(agreement.marketing_signer_id and agreement.sales_signer_id), say("who signs for each side")),
        (bool(rows), say("at least one figure")),
        (all(row.Metric.is_complete for row in rows), say("baseline, target and date of each figure")),
    )
    return [reason for is_there, reason in checks if not is_there]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    whole = day.month - 1 + months
    year, month = day.year + whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _give(session: Session, agreement: ServiceAgreement, values: Mapping[str, Any]) -> None:
    for name in SIGNERS.values():
        refuse_stranger(session, agreement.project_id, values.get(name), name)
    marketing = values.get("marketing_signer_id", agreement.marketing_signer_id)
    if marketing is not None and marketing == values.get("sales_signer_id", agreement.sales_signer_id):
        raise InvalidInput({"sales_signer_id": say("Nobody signs for both sides.")})
    for name, value in values.items():
        setattr(agreement, name, value)


def _name(session: Session, agreement: ServiceAgreement, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=agreement.project_id)
