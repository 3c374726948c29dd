"""The pages of adoption: how groups use the CRM, people for those entitled, oneself, and the formula."""

from implementor.adoption.views import (
    beginners,
    formula,
    help,
    home,
    interventions,
    meetings,
    own,
    people,
    releases,
    say_do,
    worth,
)
from implementor.adoption.views.routing import blueprint, of_people

blueprints = (blueprint, of_people)

__all__ = [
    "beginners",
    "blueprints",
    "formula",
    "help",
    "home",
    "interventions",
    "meetings",
    "own",
    "people",
    "releases",
    "say_do",
    "worth",
]
