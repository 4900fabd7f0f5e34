"""A mission names channels; the addresses behind them are secret, and stand in nobody's mission."""

import pytest
from pydantic import ValidationError

from orchestrator_tui.domain.stakeholder import Stakeholder


def test_a_channel_is_a_name() -> None:
    assert Stakeholder.model_validate({"notify": ["ops", "#general"]}).notify == ("ops", "#general")


def test_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValidationError) as refused:
        Stakeholder.model_validate({"notify": ["slack://TokenA/TokenB/TokenC"]})

    (error,) = refused.value.errors(include_input=False)
    assert "the name of a channel" in error["msg"]
    assert "Token" not in error["msg"]
