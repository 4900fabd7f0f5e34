"""The ids of a mission's entries, each a type of its own so that they are never mixed up."""

from typing import NewType

MissionId = NewType("MissionId", str)
AgentId = NewType("AgentId", str)
TaskId = NewType("TaskId", str)
MilestoneId = NewType("MilestoneId", str)
BlockerId = NewType("BlockerId", str)
ExternalId = NewType("ExternalId", str)
ChangeId = NewType("ChangeId", str)
StakeholderId = NewType("StakeholderId", str)
KnowledgeId = NewType("KnowledgeId", str)
DecisionId = NewType("DecisionId", str)
CriterionId = NewType("CriterionId", str)
