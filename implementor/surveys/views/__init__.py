"""The pages of surveys: those of a project with what groups answered, one's own, and the link of an invitation."""

from implementor.surveys.views import answering, surveys
from implementor.surveys.views.answering import blueprint as own_surveys
from implementor.surveys.views.surveys import blueprint

blueprints = (blueprint, own_surveys)

__all__ = ["answering", "blueprints", "surveys"]
