"""Tables that are sorted by click and by keyboard, on a page of hard cases and on the real ones."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from experiments.pages import page as pages
from experiments.pages.body import Body, Section
from experiments.pages.tables import Column, Row, Table
from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
IN_ORDER = (
    "\N{MINUS SIGN}1.2 million",
    "\N{MINUS SIGN}2,047 (\N{MINUS SIGN}3,000 to \N{MINUS SIGN}9)",
    "\N{MINUS SIGN}25",
    "0",
    "<\N{NO-BREAK SPACE}0.1\N{NO-BREAK SPACE}%",
    "0.1\N{NO-BREAK SPACE}%",
    "8\N{NO-BREAK SPACE}% (1\N{EN DASH}43\N{NO-BREAK SPACE}%)",
    "9\N{EN DASH}800",
    "+37",
    "99.9\N{NO-BREAK SPACE}%",
    ">\N{NO-BREAK SPACE}99.9\N{NO-BREAK SPACE}%",
    "1,965 (1,878\N{EN DASH}2,055)",
    "10,480\N{NO-BREAK SPACE}yuan",
    "3\N{NO-BREAK SPACE}万",
    "880,000",
    "1.1\N{EN DASH}1.3\N{NO-BREAK SPACE}million (0.1\N{EN DASH}9\N{NO-BREAK SPACE}million)",
    "4.0\N{NO-BREAK SPACE}million",
    "2\N{NO-BREAK SPACE}亿",
    "3\N{NO-BREAK SPACE}billion yuan",
    "2.01万亿",
)
MISSING = ("\N{EN DASH}", "not recorded", "")
THREE_PRESSES = """() => [...document.querySelectorAll("thead button")].map((button) => {
  const bodies = [...button.closest("table").tBodies];
  const said = () => bodies.map((body) => [...body.rows].map((row) => row.textContent));
  return [said(), ...[1, 2, 3].map(() => (button.click(), said()))];
})"""
WORDS = ("Élan", "grade 2", "grade 10", "Zeal")


def hard_cases() -> tuple[Table, ...]:
    mixed = [*IN_ORDER, *MISSING]
    random.Random(1).shuffle(mixed)
    numbers = [Row((f"row {place}", cell)) for place, cell in enumerate(mixed)]
    grouped = [
        Row((name, number), group=group, total=name == "All")
        for name, number, group in (
            ("c", "1", "First"), ("a", "3", ""), ("b", "2", ""), ("All", "6", ""),
            ("e", "20", "Second"), ("d", "10", ""), ("f", "10", ""), ("All", "40", ""),
        )
    ]  # fmt: skip
    words = [Row((word, "x")) for word in ("Zeal", "grade 10", "\N{EN DASH}", "grade 2", "Élan")]
    few = [Row(("a", "2")), Row(("b", "1"))]
    columns = (Column("Name", "text"), Column("Number"))
    return tuple(
        Table(caption, columns, tuple(rows))
        for caption, rows in (("Numbers", numbers), ("Groups", grouped), ("Words", words), ("Few", few))
    )


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hard")
    (folder / "one.csv").write_text("a\n1\n", encoding="utf-8")  # for the workbook
    section = Section("answer", "The answer", lambda _: Body(tables=hard_cases()))
    words = dict.fromkeys(("title", "headline", "facts", "origin", "source", "created"), "Words.")
    whole = pages.Page(**words, sections=(section,), figures=(), tables=("one",))
    return pages.write_page(folder, whole, None)


def table(page: Page, caption: str) -> Locator:
    return page.locator("table", has=page.get_by_text(caption, exact=True))


def column(table: Locator, place: int, rows: str = "tr:not(.group)") -> list[str]:
    cells = table.locator(f"tbody {rows} > :nth-child({place + 1})").all_text_contents()
    return [cell.replace("\N{WORD JOINER}", "") for cell in cells]


def test_numbers_are_sorted_by_value_and_what_is_missing_stands_last(opened: Opened, hard: Path) -> None:
    with opened(hard) as seen:
        numbers = table(seen.page, "Numbers")
        before, head = column(numbers, 1), numbers.get_by_role("columnheader", name="Number")
        missing = [cell for cell in before if cell in MISSING]
        for direction, order in (("ascending", IN_ORDER), ("descending", IN_ORDER[::-1])):
            head.get_by_role("button").click()
            assert head.get_attribute("aria-sort") == direction
            assert column(numbers, 1) == [*order, *missing]
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") is None
        assert column(numbers, 1) == before
        assert seen.faults == []


def test_groups_keep_their_rows_and_totals_stay_below(opened: Opened, hard: Path) -> None:
    with opened(hard) as seen:
        groups = table(seen.page, "Groups")
        groups.get_by_role("button", name="Number").click()
        assert column(groups, 0, "tr") == ["First", "c", "b", "a", "All", "Second", "d", "f", "e", "All"]
        groups.get_by_role("button", name="Number").click()
        assert column(groups, 0) == ["a", "b", "c", "All", "e", "d", "f", "All"], "equal ones as before"
        groups.get_by_role("button", name="Name").click()
        assert column(groups, 0) == ["a", "b", "c", "All", "d", "e", "f", "All"]
        assert groups.locator("[aria-sort]").count() == 1


def test_words_are_sorted_as_in_a_dictionary(opened: Opened, hard: Path) -> None:
    with opened(hard) as seen:
        words = table(seen.page, "Words")
        words.get_by_role("button", name="Name").click()
        assert column(words, 0) == [*WORDS, "\N{EN DASH}"]


def test_the_keyboard_sorts_and_stays_where_it_is(opened: Opened, hard: Path) -> None:
    with opened(hard) as seen:
        words = table(seen.page, "Words")
        button = words.get_by_role("button", name="Name")
        button.focus()
        for key, direction in (("Enter", "ascending"), ("Space", "descending")):
            seen.page.keyboard.press(key)
            assert words.get_by_role("columnheader", name="Name").get_attribute("aria-sort") == direction
            assert button.evaluate("one => one === document.activeElement")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("() => document.activeElement.textContent") == "Number"


def test_a_table_of_two_rows_has_nothing_to_sort(opened: Opened, hard: Path) -> None:
    with opened(hard) as seen:
        assert table(seen.page, "Few").get_by_role("button").count() == 0
        assert table(seen.page, "Words").get_by_role("button").count() == 2


def test_without_a_script_the_tables_are_the_same(opened: Opened, used: Path) -> None:
    def said(*, script: bool) -> list[str]:
        with opened(used, script=script) as seen:
            assert bool(seen.page.locator("button").count()) == script
            return [" ".join(one.split()) for one in seen.page.locator("table").all_text_contents()]

    assert said(script=False) == said(script=True)


def test_every_column_of_every_page_can_be_sorted_and_put_back(opened: Opened, used: Path) -> None:
    with opened(used) as seen:
        columns = seen.page.evaluate(THREE_PRESSES)
        assert columns
        for before, *turns in columns:
            assert turns[-1] == before
            assert [[sorted(rows) for rows in bodies] for bodies in turns] == [
                [sorted(rows) for rows in before]
            ] * 3
        assert any(up != before for before, up, _, _ in columns)
        assert seen.faults == []
