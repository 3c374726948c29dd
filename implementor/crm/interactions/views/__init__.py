"""The pages of interactions and of appointments, by noun."""

from implementor.crm.interactions.views.appointments import blueprint as appointments
from implementor.crm.interactions.views.interactions import blueprint as interactions

blueprints = (interactions, appointments)
