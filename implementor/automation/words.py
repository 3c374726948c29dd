"""When a rule begins, what its steps do, and how a run of it ends, each with its word for people."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.foundation.words import Phrase, say

CREATED, CHANGED, DATE = "created", "changed", "date"
EVENTS: Mapping[str, Phrase] = {
    CREATED: say("A record is made"), CHANGED: say("A field is changed"), DATE: say("A day comes"),
}  # fmt: skip
SET, FOLLOW_UP, MAIL, ASSIGN = "set", "follow_up", "mail", "assign"
STEPS: Mapping[str, Phrase] = {
    SET: say("Set a field"), FOLLOW_UP: say("Plan a follow-up"), MAIL: say("Send a template"),
    ASSIGN: say("Hand it to an owner by the rules"),
}  # fmt: skip
OUTWARD = (FOLLOW_UP, MAIL)
"""Steps that are done by a job once the change is safe."""
TO_CONTACT, TO_OWNER = "contact", "owner"
RECEIVERS: Mapping[str, Phrase] = {
    TO_CONTACT: say("The customer of the record"), TO_OWNER: say("The owner of the record"),
}  # fmt: skip
WAITING, DONE, SKIPPED, FAILED, CUT = "waiting", "done", "skipped", "failed", "cut"
STATES: Mapping[str, Phrase] = {
    WAITING: say("Under way"), DONE: say("Done"), SKIPPED: say("Passed over"), FAILED: say("Broke"),
    CUT: say("Cut off"),
}  # fmt: skip
STATE_TONES = {WAITING: "review", DONE: "ok", SKIPPED: "off", FAILED: "risk", CUT: "off"}
E_MAIL, PROPOSAL = "email", "proposal"
PURPOSES: Mapping[str, Phrase] = {E_MAIL: say("E-mail"), PROPOSAL: say("Proposal")}
PURPOSE_KINDS = {E_MAIL: ("contact", "lead", "opportunity", "case"), PROPOSAL: ("quote",)}
"""The kinds of record that texts of each purpose are about."""
