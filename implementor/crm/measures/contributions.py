"""What measuring customers adds to the registries: a time that only facts tell, measures, and the standard set."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from implementor.crm.interactions.models import Interaction
from implementor.crm.leads.models import Lead
from implementor.crm.measures.accuracy import declare_accuracy
from implementor.crm.measures.completeness import declare_completeness
from implementor.crm.measures.customers import declare_customers
from implementor.crm.measures.doubles import declare_doubles
from implementor.crm.measures.funnels import declare_funnels
from implementor.crm.measures.licences import declare_licences
from implementor.crm.measures.paths import lead_to_others
from implementor.crm.measures.pipeline import declare_pipeline
from implementor.crm.measures.standard import offer_standard_set
from implementor.foundation.measures import TimeOf, time_of
from implementor.foundation.words import say


def contribute(_app: Flask) -> None:
    """Called once by the factory."""
    first = select(func.min(Interaction.at)).where(
        Interaction.about_kind == "lead", Interaction.about_id == Lead.id, Interaction.archived_at.is_(None),
        Interaction.at >= Lead.began_at,
    )  # fmt: skip
    time_of("lead", TimeOf("first_contact_at", say("First contact"), first.correlate(Lead).scalar_subquery()))
    lead_to_others()
    declare_pipeline()
    declare_completeness()
    declare_doubles()
    declare_funnels()
    declare_customers()
    declare_accuracy()
    offer_standard_set()
    declare_licences()
