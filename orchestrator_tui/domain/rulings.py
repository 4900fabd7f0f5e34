"""What a person decided in the app: the truth, of which a mission's file shows at most a copy."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, DecidedCause
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.ids import MissionId


class RulingKind(StrEnum):
    """What sort of thing was decided."""

    ACKNOWLEDGED = "ACKNOWLEDGED"
    """Subject: the escalation's id."""
    SNOOZED = "SNOOZED"
    """Subject: the escalation's id, of which nobody is told until then."""
    ASSIGNED = "ASSIGNED"
    """Subject: the escalation's id, and who is to take care of it."""
    TICKED = "TICKED"
    """Subject: `milestone/criterion`."""
    NOTED = "NOTED"
    """Subject: an entry's id or the mission's; the text is the comment."""
    EDITED = "EDITED"
    """Subject: the id of the entry that was changed in the mission's file."""
    APPROVED = "APPROVED"
    """Subject: the milestone; its edits are written into the file again whenever they are lost."""
    REJECTED = "REJECTED"
    """As APPROVED."""
    TRUSTED = "TRUSTED"
    """Subject: `milestone/criterion`; the digest is the pin of the command that may run."""
    DISTRUSTED = "DISTRUSTED"
    """Subject as for TRUSTED: no command of it may run, whatever was allowed before."""
    PLAN_ACCEPTED = "PLAN_ACCEPTED"
    """Subject: the mission; the plan is what was accepted, its edits what it wrote."""
    PLAN_DISMISSED = "PLAN_DISMISSED"
    """Subject: the mission, whose plan is kept; the comment says why."""
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    """Subject: the milestone or the mission; the score is how content the actor is."""
    ADVICE_TAKEN = "ADVICE_TAKEN"
    """Subject: the recommendation's id; the digest is its cause, the edits what taking it wrote."""
    ADVICE_DISMISSED = "ADVICE_DISMISSED"
    """Subject: the recommendation's id; the digest is the cause for which it stays away."""
    WITHDRAWN = "WITHDRAWN"
    """Undone. Subject: the id of the ruling that no longer holds."""


LASTING = frozenset({RulingKind.APPROVED, RulingKind.REJECTED})
"""Kinds whose edits the mission's file has to show as long as they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One decision of a person."""

    id: str
    """A random UUID, in hexadecimal."""
    at: datetime
    mission: MissionId
    kind: RulingKind
    subject: str
    actor: str
    """Who decided, as the settings or the login name them."""
    comment: str = ""
    digest: str = ""
    """Of what was shown when it was decided: the evidence, or a command's pin."""
    looked_seconds: float | None = None
    """How long it was looked at before."""
    until: datetime | None = None
    """Of a snooze: when it ends."""
    to: str = ""
    """Of an assignment: the id of the agent or stakeholder."""
    score: int | None = None
    """Of a feedback: from 1 to 5."""
    edits: tuple[Edit, ...] = field(default=())
    """What it says in the mission's file."""
    plan: AcceptedPlan | None = None
    """Of an acceptance."""
    causes: tuple[DecidedCause, ...] = ()
    """Of a decision on plans: what it settles."""
