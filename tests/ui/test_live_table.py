"""The live table: it draws what is in sight, and of that only what differs."""

from typing import NamedTuple

from textual import on
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.geometry import Region
from textual.strip import Strip
from typing_extensions import override

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Piece
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.live_table import LiveTable
from tests.ui.showing import settle


class Row(NamedTuple):
    key: str
    value: int

    @property
    def sought(self) -> str:
        return self.key


def _key(row: Row) -> Line:
    return (Piece(plain_text(row.key)),)


def _value(row: Row) -> Line:
    return (Piece(str(row.value)),)


COLUMNS = (Column("Key", _key, 8, widest=30), Column("Value", _value, 6, is_right=True))


class Counted(LiveTable[Row]):
    """A table that remembers which lines it drew."""

    def __init__(self) -> None:
        super().__init__(Tab("rows", "Rows"), id="rows")
        self.drawn: list[int] = []

    @override
    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class TableApp(App[None]):
    CSS = "LiveTable { height: 12; scrollbar-size: 0 0; overflow-x: hidden; }"

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__()
        self.table = Counted()
        self.table.set_reactive(LiveTable.columns, COLUMNS)
        self.table.set_reactive(LiveTable.when_empty, says("Nothing here."))
        self.first = rows
        self.opened: list[str] = []

    @override
    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.rows_shown = self.first
        self.table.focus()

    @on(LiveTable.Opened)
    def _remember(self, event: LiveTable.Opened) -> None:
        self.opened.append(event.key)


def rows(count: int) -> tuple[Row, ...]:
    return tuple(Row(f"row-{index}", index) for index in range(count))


def text_of(table: LiveTable[Row]) -> list[str]:
    return [strip.text for strip in table.render_lines(Region(0, 0, *table.size))]


async def test_every_line_fills_its_box_exactly() -> None:
    wide = (Row("🏗️ build", 1), Row("日本語のタイトルがとても長い場合", 2), Row("👩‍👩‍👧 family", 3))
    app = TableApp(wide)

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)

        strips = app.table.render_lines(Region(0, 0, *app.table.size))
        assert {strip.cell_length for strip in strips} == {40}


async def test_one_changed_row_draws_one_line() -> None:
    app = TableApp(rows(1000))
    changed = tuple(each._replace(value=7000) if each.value == 3 else each for each in rows(1000))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        app.table.drawn.clear()
        app.table.rows_shown = changed
        await settle(pilot)

        assert app.table.drawn == [5]
        assert "7000" in text_of(app.table)[5]


async def test_rows_that_are_equal_are_not_drawn_again() -> None:
    app = TableApp(rows(1000))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        app.table.drawn.clear()
        app.table.rows_shown = rows(1000)
        await settle(pilot)

        assert app.table.drawn == []


async def test_the_cursor_stays_on_its_row_when_rows_come_before_it() -> None:
    app = TableApp(rows(5))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.press("down", "down")
        app.table.rows_shown = (Row("new-0", 0), Row("new-1", 1), *rows(5))
        await settle(pilot)

        assert app.table.chosen == Row("row-2", 2)
        assert app.table.cursor == 4


async def test_the_cursor_goes_to_a_neighbour_when_its_row_is_gone() -> None:
    app = TableApp(rows(5))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.press("end")
        app.table.rows_shown = rows(3)
        await settle(pilot)

        assert app.table.chosen == Row("row-2", 2)


async def test_the_cursor_is_kept_in_sight_while_it_moves() -> None:
    app = TableApp(rows(100))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        shown = "\n".join(text_of(app.table))
        assert "row-99" in shown
        assert "row-0 " not in shown

        await pilot.press("home")
        await settle(pilot)
        assert "row-0 " in "\n".join(text_of(app.table))


async def test_a_filter_shows_only_what_holds_its_text() -> None:
    app = TableApp(rows(30))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        app.table.filter_text = "ROW-2"
        await settle(pilot)

        assert [each.key for each in app.table.rows_found] == [
            "row-2",
            *(f"row-2{i}" for i in range(10)),
        ]


async def test_a_filter_that_lets_nothing_through_says_so() -> None:
    app = TableApp(rows(3))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        app.table.filter_text = "[/b]nowhere"
        await settle(pilot)

        assert "Nothing holds “[/b]nowhere”." in "\n".join(text_of(app.table))


async def test_an_empty_table_says_what_it_is_told_to_say() -> None:
    app = TableApp(())

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)

        assert "Nothing here." in text_of(app.table)[1]


async def test_enter_opens_the_row_under_the_cursor() -> None:
    app = TableApp(rows(5))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")

        assert app.opened == ["row-1"]


async def test_a_click_chooses_and_a_double_click_opens() -> None:
    app = TableApp(rows(5))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.click("#rows", offset=(6, 4))
        assert app.table.chosen == Row("row-2", 2)
        assert app.opened == []

        await pilot.click("#rows", offset=(6, 5), times=2)
        assert app.opened == ["row-3"]


async def test_a_click_on_the_border_chooses_nothing() -> None:
    app = TableApp(rows(5))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        await pilot.press("down")
        await pilot.click("#rows", offset=(6, 0))
        await pilot.click("#rows", offset=(6, 11))

        assert app.table.chosen == Row("row-1", 1)


async def test_the_wheel_scrolls() -> None:
    app = TableApp(rows(100))

    async with app.run_test(size=(40, 14)) as pilot:
        await settle(pilot)
        app.table.post_message(MouseScrollDown(app.table, 5, 5, 0, 0, 0, False, False, False))
        await settle(pilot)

        assert "row-0 " not in "\n".join(text_of(app.table))
