"""How the parts of an agreement between marketing and sales are found."""

from __future__ import annotations

from sqlalchemy import Select, select

from implementor.auth.models import User
from implementor.discovery.models import AgreementFigure, AgreementReview, ServiceAgreement
from implementor.foundation.model import Rows
from implementor.metrics.models import Metric


def figures_of_agreement(*, agreement_id: int) -> Rows:
    """Rows (id, side, Metric) that an agreement is held to, marketing's first."""
    return (
        select(AgreementFigure.id, AgreementFigure.side, Metric)
        .join(Metric, Metric.id == AgreementFigure.metric_id)
        .where(AgreementFigure.agreement_id == agreement_id)
        .order_by(AgreementFigure.side, AgreementFigure.id)
    )


def figure_of_agreement(*, agreement_id: int, metric_id: int) -> Select[AgreementFigure]:
    """One figure of an agreement, by its metric."""
    found = select(AgreementFigure).where(AgreementFigure.agreement_id == agreement_id)
    return found.where(AgreementFigure.metric_id == metric_id)


def reviews_of_agreement(*, agreement_id: int) -> Rows:
    """Rows (AgreementReview, reviewer), the latest first."""
    return (
        select(AgreementReview, User.name.label("reviewer"))
        .outerjoin(User, User.id == AgreementReview.reviewed_by_id)
        .where(AgreementReview.agreement_id == agreement_id)
        .order_by(AgreementReview.id.desc())
        .limit(50)
    )


def next_edition(*, agreement_id: int) -> Select[int]:
    """The id of the edition that replaces or will replace an agreement."""
    return select(ServiceAgreement.id).where(
        ServiceAgreement.replaces_id == agreement_id, ServiceAgreement.archived_at.is_(None)
    )


def standing_agreement(*, project_id: int) -> Select[ServiceAgreement]:
    """The agreement that is signed by both sides and not replaced; the latest."""
    return (
        select(ServiceAgreement)
        .where(
            ServiceAgreement.project_id == project_id,
            ServiceAgreement.archived_at.is_(None),
            ServiceAgreement.signed_at.is_not(None),
            ServiceAgreement.ended_at.is_(None),
        )
        .order_by(ServiceAgreement.id.desc())
        .limit(1)
    )
