"""Who is met at which points of a write of ours: strangers, another one of us, or death."""

from hypothesis import strategies as st

from orchestrator_tui.io.editing.points import CHECKED, FOUND_ANOTHER, POINTS, PUT_BACK
from tests.io.editing.agents import STYLES
from tests.writers.ours import RULED
from tests.writers.scene import TASKS
from tests.writers.strangers import SLOW

CRASH = "crash"
tasks = st.sampled_from(sorted(TASKS))
styles = st.sampled_from(sorted(STYLES))
Meeting = tuple[str, str, str]
_points = st.sampled_from((*POINTS, RULED))
_met = st.one_of(
    st.tuples(st.sampled_from(("write", "add")), tasks, styles),
    st.tuples(st.just("forget"), st.just(""), styles),
    st.tuples(st.just("begin"), tasks, st.sampled_from(SLOW)),
    st.sampled_from((("end", "", ""), ("us too", "", ""))),
)
_us = st.just(("us too", "", ""))
_nobody = st.just(("", "", ""))
_crash = st.just((CRASH, "", ""))
meetings = st.one_of(
    st.dictionaries(_points, st.one_of(_met, _crash), max_size=3),
    st.dictionaries(_points, st.one_of(_crash, _us), min_size=1, max_size=1),
    # one version comes upon the other in a moment
    st.fixed_dictionaries({CHECKED: _met, FOUND_ANOTHER: _met, PUT_BACK: st.one_of(_met, _nobody)}),
)
"""Who is met at which points."""
