"""The workbook of a page: contents first, texts as texts, the same bytes each time."""

from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd

from experiments.pages import workbook as books
from experiments.pages.workbook import Sheet, workbook

TABLE = pd.DataFrame({"name": ["=1+1", "two"], "value": [1.5, np.nan], "heads": pd.array([7, None], "Int64")})


def test_contents_then_tables() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook("All numbers", [Sheet("a" * 40, "a title", TABLE)])))
    assert book.sheetnames == ["contents", "a" * 31]
    assert [cell.value for cell in book["contents"][4]] == ["a" * 31, "a title", 2]
    rows = list(book["a" * 31].iter_rows(values_only=True))
    assert rows == [("name", "value", "heads"), ("=1+1", 1.5, 7), ("two", None, None)]
    assert book["a" * 31]["A2"].data_type == "s", "a text is never a formula"


def test_the_contents_name_every_sheet_as_it_is_called() -> None:
    book = openpyxl.load_workbook(
        BytesIO(workbook("x", [Sheet("one", "t", TABLE), Sheet("one", "u", TABLE)]))
    )
    listed = [row[0].value for row in book["contents"].iter_rows(min_row=4)]
    assert listed == book.sheetnames[1:]
    assert len(set(listed)) == 2


def test_zero_has_no_sign() -> None:
    table = pd.DataFrame({"gap": [-0.0, 0.0]})
    content = workbook("x", [Sheet("one", "t", table)])
    cells = [
        row[0]
        for row in openpyxl.load_workbook(BytesIO(content))["one"].iter_rows(min_row=2, values_only=True)
    ]
    assert [str(cell) for cell in cells] == ["0", "0"]


def test_the_same_bytes_each_time() -> None:
    assert workbook("x", [Sheet("one", "t", TABLE)]) == workbook("x", [Sheet("one", "t", TABLE)])


def test_a_table_that_is_too_long_says_so(monkeypatch) -> None:
    monkeypatch.setattr(books, "MOST_ROWS", 1)
    book = openpyxl.load_workbook(BytesIO(workbook("x", [Sheet("one", "t", TABLE)])))
    assert book["contents"]["B4"].value == "t (the first 1 of 2 rows)"
    assert book["one"].max_row == 2


def test_signs_that_no_workbook_may_hold_are_written_out() -> None:
    table = pd.DataFrame({"name\x0b": ["plan \x02", "a\x1f", "two\nlines\t"]})
    book = openpyxl.load_workbook(BytesIO(workbook("x\x00", [Sheet("a/b", "\ufffe", table)])))
    assert book["contents"]["A1"].value == r"x\x00"
    assert list(book["a_b"].values) == [(r"name\x0b",), (r"plan \x02",), (r"a\x1f",), ("two\nlines\t",)]
