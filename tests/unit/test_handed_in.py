"""CSV files as spreadsheets write them: read, or refused with file, line and reason."""

from pathlib import Path

import pytest

from experiments.tables.handed_in import read_rows
from sim.errors import InputError

REQUIRED = ("name", "value")


def read(folder: Path, content: str | bytes) -> list[tuple[str, str, dict[str, str]]]:
    path = folder / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [
        (row.where.removeprefix(f"{path} line "), *row.cells.values()) for row in read_rows(path, REQUIRED)
    ]


@pytest.mark.parametrize(
    "content",
    [
        "name,value\n广东,5\n",
        "\ufeffname,value\r\n广东,5\r\n",
        "name,value\r广东,5\r",
        "name,value,\n广东,5,\n",
        "name,value\n广东,5,,,\n",
        "name,value\n广东,5\n,\n , \n\n",
        " Name ,VALUE\n 广东, 5 \n",
        "\uff4e\uff41\uff4d\uff45\uff0cvalue\n广东\uff0c5\n",
        "name;value\n广东;5\n",
        "name\tvalue\n广东\t5\n",
        '"name","value"\n"广东", "5"\n',
        "name,value\n广东,5\n".encode("gb18030"),
        "name,value\n广东,5\n".encode("utf-16"),
        "\ufeffname\tvalue\n广东\t5\n".encode("utf-16-be"),
    ],
)
def test_what_spreadsheets_write_is_read(content: str | bytes, tmp_path: Path) -> None:
    assert read(tmp_path, content) == [("2", "广东", "5")]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    text = '\n\nname,value,note\n,,\na,1,"two\nlines"\n\n\nb,2\n'
    assert read(tmp_path, text) == [("5", "a", "1", "two\nlines"), ("9", "b", "2", "")]


def test_names_that_other_programs_take_for_a_missing_value_stay_texts(tmp_path: Path) -> None:
    assert read(tmp_path, "name,value\nNA,null\n") == [("2", "NA", "null")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "a.csv has no rows; expected lines with name,value"),
        ("\n,\n", "has no rows"),
        ("name,value\n,\n", "has no rows"),
        ("指标,数值\na,1\n", "has no column 'name'; expected name,value"),
        ("name,value,Value \na,1,2\n", "has twice the column 'value'"),
        ("name,value,note,note\na,1,2,3\n", "has twice the column 'note'"),
        ("name,value\na,28,836\n", "line 2 has 3 cells and the first line 2; write numbers without commas"),
        ("name,value,note\na,28,836\n", "line 2: '28,836' is one number in two cells"),
        ("name,,value\na,x,1\n", "line 2: 'x' stands in a column without a name"),
        ("name,value\n\na\n", "line 3 has 1 cells and the first line 2"),
        ("name;value\na;27,500\n", "line 2: '27,500' may be thousands or decimals"),
        ('name,value\na,1\n"b,2\n', "line 3 is no row of a CSV file.*the quotation mark is not closed"),
        ('name,value\n"a"b,2\n', "line 2 is no row of a CSV file"),
        ("name,value\na\x02,1\n", r"line 2 holds the sign \\x02; leave it out"),
        ("name,value\na\x85,1\n", r"line 2 holds the sign \\x85"),
        ("name,value\na\x00,1\n", r"line 2 holds the sign \\x00"),
        ("name,value,no\ufffd\na,1\n", r"line 1 holds the sign \\ufffd"),
        (b"PK\x03\x04\x00\x00", "is a workbook, not a CSV file .*; save it as 'CSV UTF-8'"),
        (b"name,value\n\xe9\xe9,1\xff\n", "is not a CSV file in UTF-8 or GB18030 .*save it as 'CSV UTF-8'"),
        (b"\xff\xfea", "is not a CSV file in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(content: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read(tmp_path, content)
    assert "\n" not in str(refused.value)
