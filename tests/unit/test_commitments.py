"""What provinces promise: read strictly, kept as read."""

from pathlib import Path

import pytest

from experiments.outcomes.commitments import Commitment, read_commitments, write_commitments
from sim.errors import InputError

HEAD = "province,tier,commitment\n"
PUBLISHED = Path(__file__).parents[2] / "configs" / "promises" / "published.csv"


def file_with(folder: Path, text: str | bytes) -> Path:
    path = folder / "promises.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "name", ["230000", "Heilongjiang", "heilongjiang", "HL", "黑龙江", "黑龙江省", "230000.0"]
)
def test_a_province_may_be_written_in_any_way(name: str, tmp_path: Path) -> None:
    found = read_commitments(file_with(tmp_path, f"{HEAD}{name}, city ,2000\n\n"))
    assert found == (Commitment("230000", "city", 2000),)


def test_columns_may_stand_in_any_order_and_others_are_passed_over(tmp_path: Path) -> None:
    text = '\ufefftier,note,commitment,source,province\nnational,about,50,"A paper,\n page 2",Anhui\n'
    assert read_commitments(file_with(tmp_path, text)) == (
        Commitment("340000", "national", 50, "A paper, page 2"),
    )


def test_what_is_kept_is_read_as_it_was(tmp_path: Path) -> None:
    found = read_commitments(PUBLISHED)
    assert {(row.province, row.tier): row.commitment for row in found} == {
        ("230000", "national"): 50, ("230000", "provincial"): 1_000, ("230000", "city"): 2_000,
    }  # fmt: skip
    assert all("中新网" in row.source for row in found)
    write_commitments(tmp_path, found)
    assert read_commitments(tmp_path / "commitments.csv") == found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{HEAD}Heilongjang,city,1\n", "unknown province 'Heilongjang': did you mean 'Heilongjiang'?"),
        (f"{HEAD}黑龙,city,1\n", "unknown province '黑龙': did you mean '黑龙江'?"),
        (f"{HEAD}230001,city,1\n", "unknown province '230001': did you mean '230000'?"),
        (f"{HEAD}Utopia,city,1\n", "unknown province 'Utopia': choose from Anhui, Beijing"),
        (f"{HEAD},city,1\n", "unknown province ''"),
        (f"{HEAD}\nAnhui,town,1\n", "line 3: unknown tier 'town': choose from city, national, provincial"),
        (f"{HEAD}Anhui,citty,1\n", "unknown tier 'citty': did you mean 'city'?"),
        (f"{HEAD}Anhui,city,many\n", "commitment 'many' is not a number; write persons, for example 1000"),
        (f"{HEAD}Anhui,city,\n", "commitment '' is not a number"),
        (f"{HEAD}Anhui,city,nan\n", "commitment 'nan' is not a number"),
        (f"{HEAD}Anhui,city,1e999\n", "commitment '1e999' is not a number"),
        (f"{HEAD}Anhui,city,-1\n", "commitment '-1' must be a whole number from 0 to 100,000,000"),
        (f"{HEAD}Anhui,city,1.5\n", "commitment '1.5' must be a whole number"),
        (f"{HEAD}Anhui,city,1,000\n", "line 2 has 4 cells and the first line 3; write numbers without"),
        (f"{HEAD}Anhui,city\n", "line 2 has 2 cells and the first line 3"),
        (f"{HEAD}Anhui,city,1\nAH,city,2\n", "line 3: the city tier of AH stands there twice; leave one row"),
        ("province,tier\nAnhui,city\n", "has no column 'commitment'; expected province,tier,commitment"),
        ("province,tier,tier,commitment\n", "has twice the column 'tier'"),
        ("", "has no rows; expected lines with province,tier,commitment"),
        (HEAD, "has no rows"),
        (f'{HEAD}"Anhui,city,1\n', "line 2 is no row of a CSV file with the columns province,tier,comm"),
        (f"{HEAD}安徽,city,1\n".encode("big5"), "is not a CSV file in UTF-8 or GB18030"),
        (f"{HEAD}Anhui,city,5000,\x02\n", "line 2 holds the sign \\x02; leave it out"),
        (f"{HEAD}Anhui,city,20%\n", "commitment '20%' is not a number"),
        (b"PK\x03\x04\x00\x00", "a workbook, not a CSV file with the columns province,tier,commitment"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(text: str | bytes, line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_commitments(file_with(tmp_path, text))
    assert line in str(refused.value)
    assert "promises.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv is not there; name a CSV file with the columns"):
        read_commitments(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="cannot read"):
        read_commitments(tmp_path)


def test_what_a_province_gave_is_kept_to_the_last_digit_and_letter(tmp_path: Path) -> None:
    source = "=cmd|' /C calc'!A0"
    text = f'{HEAD.strip()},source\nGD,city,"1,234,567",{source}\nAH,city,2万,规划 +1\n'
    found = read_commitments(file_with(tmp_path, text.encode("gb18030")))
    assert found == (
        Commitment("440000", "city", 1_234_567, source),
        Commitment("340000", "city", 20_000, "规划 +1"),
    )
    write_commitments(tmp_path, found)
    assert read_commitments(tmp_path / "commitments.csv") == found
    content = (tmp_path / "commitments.csv").read_text("utf-8-sig")
    assert "440000,city,1234567,'=cmd" in content, "an apostrophe keeps a spreadsheet from calculating it"
