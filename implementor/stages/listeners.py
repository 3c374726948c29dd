"""What stages do when packages below tell something."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.foundation.words import say
from implementor.governance.events import DecisionReversed
from implementor.projects.events import ProjectCreated
from implementor.stages.gate_queries import by_decision
from implementor.stages.gate_services import shut_again
from implementor.stages.models import Gate, GateSignature, GateWaiver, Stage
from implementor.stages.services import lay_out_stages


@listens_to(ProjectCreated)
def give_the_stages_of_its_method(session: Session, event: ProjectCreated) -> None:
    """Every project has the stages of its method from the first moment."""
    lay_out_stages(session, project_id=event.project_id, method_key=event.method_key, by=event.by, at=event.at)


@listens_to(DecisionReversed)
def undo_what_it_let_pass(session: Session, event: DecisionReversed) -> None:
    """A gate that the decision opened is shut, a line that it waived counts again, a signature is void."""
    for gate in session.scalars(by_decision(Gate, event.decision_id)):
        if gate.is_open:
            reason = str(say("The decision that opened it was reversed."))
            shut_again(session, gate, session.get_one(Stage, gate.stage_id), reason=reason, by=event.by, at=event.at)
    for waiver in session.scalars(by_decision(GateWaiver, event.decision_id)):
        if waiver.withdrawn_at is None:
            waiver.withdrawn_at, waiver.withdrawn_by_id = event.at, event.by.user_id
    for signature in session.scalars(by_decision(GateSignature, event.decision_id)):
        signature.voided_at = signature.voided_at or event.at
