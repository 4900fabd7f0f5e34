"""What all entries of the mission format have in common."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """One frozen entry of a mission; unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True
    )
