"""The CSV files that the product writes: numbers as they were, Chinese for Excel, no formulas."""

from pathlib import Path

import numpy as np
import pandas as pd

from experiments.tables.handed_in import read_rows
from experiments.tables.handed_out import csv_bytes, read_csv, write_csv


def test_whole_numbers_stand_whole_and_others_as_they_are() -> None:
    numbers = [1_234_567.0, 28_836.25, 1_234_567.5, 0.1, 1e-9, -0.0, np.nan, np.inf, 12_345_678_901.0]
    table = pd.DataFrame({"value": numbers, "short": pd.array([7] * 8 + [None], "Int64")})
    lines = csv_bytes(table).decode().split()
    assert lines[0] == "value,short"
    assert [line.split(",")[0] for line in lines[1:]] == [
        "1234567", "28836.25", "1234567.5", "0.1", "1e-09", "0", "", "inf", "12345678901",
    ]  # fmt: skip
    assert lines[-1].endswith(",")


def test_rounding_never_takes_a_whole_part() -> None:
    table = pd.DataFrame({"value": [1_234_567.25, 1_234_567.0, 0.123456789, 28_836.26, 5.0]})
    assert csv_bytes(table, digits=6).decode().split()[1:] == [
        "1234567",
        "1234567",
        "0.123457",
        "28836.3",
        "5",
    ]


def test_the_mark_of_excel_stands_where_there_is_more_than_ascii(tmp_path: Path) -> None:
    plain, chinese = pd.DataFrame({"a": ["x"]}), pd.DataFrame({"名称": ["广东"], "value": [1.0]})
    assert csv_bytes(plain) == b"a\nx\n"
    write_csv(chinese, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_csv(tmp_path / "a.csv").columns.tolist() == ["名称", "value"]
    assert read_rows(tmp_path / "a.csv", ["名称"])[0].cells == {"名称": "广东", "value": "1"}


def test_no_text_is_a_formula_and_all_come_back(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@a", "'=b", "NA", 'a "b", c', "two\nlines"]
    table = pd.DataFrame({"text": texts})
    write_csv(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().split("\n")[1:5] == ["'=1+1", "'+1", "'-1", "'@a"]
    assert read_csv(tmp_path / "a.csv")["text"].tolist()[:4] == texts[:4]
    assert [row.cells["text"] for row in read_rows(tmp_path / "a.csv", ["text"])][:4] == texts[:4]
