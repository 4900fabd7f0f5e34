"""What is wrong with the keys that a person chose, as far as only the screens can tell.

It imports every screen, so it is asked once the first is drawn, and only where keys were chosen.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.keys import shown_key
from orchestrator_tui.ui.screens.agent import AgentScreen
from orchestrator_tui.ui.screens.approve import ApproveScreen
from orchestrator_tui.ui.screens.choice import ChoiceScreen
from orchestrator_tui.ui.screens.content import ContentScreen
from orchestrator_tui.ui.screens.escalations import EscalationsScreen
from orchestrator_tui.ui.screens.forecast import ForecastScreen
from orchestrator_tui.ui.screens.give import GiveScreen
from orchestrator_tui.ui.screens.help import HelpScreen
from orchestrator_tui.ui.screens.history import HistoryScreen
from orchestrator_tui.ui.screens.learned import LearnedScreen
from orchestrator_tui.ui.screens.metrics import MetricsScreen
from orchestrator_tui.ui.screens.milestones import MilestonesScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.screens.plan import PlanScreen
from orchestrator_tui.ui.screens.replan import ReplanScreen
from orchestrator_tui.ui.screens.snooze import SnoozeScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from orchestrator_tui.ui.screens.trust import TrustScreen
from orchestrator_tui.ui.screens.what_if import MomentScreen
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from orchestrator_tui.ui.widgets.choosing_table import ChoosingTable
from orchestrator_tui.ui.widgets.criteria_table import CriteriaTable
from orchestrator_tui.ui.widgets.gantt import Gantt
from orchestrator_tui.ui.widgets.ladder_table import LadderTable
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.matrix_table import MatrixTable
from orchestrator_tui.ui.widgets.option_table import OptionTable
from orchestrator_tui.ui.widgets.plan_chart import PlanChart
from orchestrator_tui.ui.widgets.plot_panel import PlotPanel
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

Place = tuple[type[Screen[Any]], type[Widget]]
PLACES: Final[tuple[Place, ...]] = (
    (MissionScreen, LiveTable),
    (MissionScreen, ProsePanel),
    (MissionScreen, AttentionPanel),
    (MissionScreen, Gantt),
    (MissionsScreen, LiveTable),
    (MissionsScreen, AttentionPanel),
    (TimelineScreen, Gantt),
    (ForecastScreen, ChoosingTable),
    (ForecastScreen, PlotPanel),
    (MetricsScreen, ChoosingTable),
    (MetricsScreen, ProsePanel),
    (LearnedScreen, ChoosingTable),
    (LearnedScreen, ProsePanel),
    (HistoryScreen, LiveTable),
    (AgentScreen, ProsePanel),
    (MilestonesScreen, MatrixTable),
    (MilestonesScreen, CriteriaTable),
    (MilestonesScreen, ProsePanel),
    (EscalationsScreen, LadderTable),
    (EscalationsScreen, ProsePanel),
    (ReplanScreen, OptionTable),
    (ReplanScreen, PlanChart),
    (ReplanScreen, ProsePanel),
    (PlanScreen, ProsePanel),
    (ApproveScreen, ProsePanel),
    (TrustScreen, ProsePanel),
    (ChoiceScreen, LiveTable),
    (ContentScreen, LiveTable),
    (GiveScreen, LiveTable),
    (SnoozeScreen, LiveTable),
    (MomentScreen, LiveTable),
    (HelpScreen, ProsePanel),
)
"""Where keys are pressed: a screen, and what has the keyboard on it."""
MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
KEY_NAMES: Final = frozenset(each.value for each in Keys)
Pressed = dict[str, dict[str, str]]
"""By key: the actions it runs, each by the id that names it."""


def keymap_faults(keymap: Mapping[str, str], app: type[App[Any]]) -> tuple[str, ...]:
    """Return a sentence for every key that is none, and every two ids that share a key."""
    sentences = [
        f"{key_id}: {plain_text(key, limit=40)!r} is no key"
        for key_id, keys in keymap.items()
        for key in keys.split(",")
        if not is_key(key.strip())
    ]
    for place in PLACES:
        for key, ids in _pressed_at(place, keymap, app).items():
            sentences += [
                f"{shown_key(key)} is the key of {one} and of {other}"
                for one, other in pairwise(sorted(set(ids.values())))
                if one in keymap or other in keymap
            ]
    return tuple(dict.fromkeys(sentences))


def is_key(written: str) -> bool:
    """Say whether a terminal can send such a key."""
    if len(written) == 1:
        return True
    *modifiers, last = written.split("+")
    is_named = last in KEY_NAMES or len(last) == 1 or len(shown_key(last)) == 1
    return is_named and MODIFIERS.issuperset(modifiers)


def _pressed_at(place: Place, keymap: Mapping[str, str], app: type[App[Any]]) -> Pressed:
    screen, widget = place
    found: Pressed = {}
    for owner in (widget, screen, app):
        if owner is app and issubclass(screen, ModalScreen):
            continue
        for binding in _bindings_of(owner):
            keys = keymap.get(binding.id or "") or binding.key
            for key in keys.split(","):
                action = binding.action.rpartition(".")[2]
                found.setdefault(shown_key(key), {}).setdefault(action, binding.id or "")
    return found


def _bindings_of(owner: type[DOMNode]) -> Iterator[Binding]:
    """Yield the bindings of a class; what it binds anew replaces what it inherits."""
    bound: dict[str, Binding] = {}
    for each in reversed(owner.__mro__):
        if each.__module__.startswith("orchestrator_tui."):
            for binding in vars(each).get("BINDINGS", ()):
                bound[binding.key] = binding
    yield from bound.values()
