"""The pages of interactions and of appointments, by noun."""

from implementor.crm.interactions.views import letters
from implementor.crm.interactions.views.appointments import blueprint as appointments
from implementor.crm.interactions.views.interactions import blueprint as interactions

__all__ = ["appointments", "interactions", "letters"]
blueprints = (interactions, appointments)
