"""The 31 provinces as tiles: each has one square, placed near its neighbours on the map."""

from typing import Final, NamedTuple

from experiments.pages.language import Labels, say
from experiments.pages.words import bracketed


class Province(NamedTuple):
    """Code of GB/T 2260, two-letter abbreviation, English name, column and row of its tile."""

    code: str
    abbreviation: str
    name: str
    column: int
    row: int


PROVINCES: Final = (
    Province("110000", "BJ", "Beijing", 4, 2),
    Province("120000", "TJ", "Tianjin", 5, 2),
    Province("130000", "HE", "Hebei", 4, 3),
    Province("140000", "SX", "Shanxi", 3, 3),
    Province("150000", "NM", "Inner Mongolia", 3, 2),
    Province("210000", "LN", "Liaoning", 6, 2),
    Province("220000", "JL", "Jilin", 6, 1),
    Province("230000", "HL", "Heilongjiang", 6, 0),
    Province("310000", "SH", "Shanghai", 5, 4),
    Province("320000", "JS", "Jiangsu", 4, 4),
    Province("330000", "ZJ", "Zhejiang", 5, 5),
    Province("340000", "AH", "Anhui", 4, 5),
    Province("350000", "FJ", "Fujian", 5, 6),
    Province("360000", "JX", "Jiangxi", 4, 6),
    Province("370000", "SD", "Shandong", 5, 3),
    Province("410000", "HA", "Henan", 3, 4),
    Province("420000", "HB", "Hubei", 3, 5),
    Province("430000", "HN", "Hunan", 3, 6),
    Province("440000", "GD", "Guangdong", 4, 7),
    Province("450000", "GX", "Guangxi", 3, 7),
    Province("460000", "HI", "Hainan", 4, 8),
    Province("500000", "CQ", "Chongqing", 2, 5),
    Province("510000", "SC", "Sichuan", 1, 5),
    Province("520000", "GZ", "Guizhou", 2, 6),
    Province("530000", "YN", "Yunnan", 1, 6),
    Province("540000", "XZ", "Tibet", 0, 5),
    Province("610000", "SN", "Shaanxi", 2, 4),
    Province("620000", "GS", "Gansu", 1, 3),
    Province("630000", "QH", "Qinghai", 1, 4),
    Province("640000", "NX", "Ningxia", 2, 3),
    Province("650000", "XJ", "Xinjiang", 0, 3),
)
PROVINCE_LABELS: Final = Labels({province.code: province.name for province in PROVINCES})
COLUMNS: Final = 1 + max(province.column for province in PROVINCES)
ROWS: Final = 1 + max(province.row for province in PROVINCES)


def with_abbreviation(province: Province) -> str:
    """``Beijing (BJ)``, as the tiles call it; the name alone where they call it so."""
    name, short = say(province.name), say(province.abbreviation)
    return name if name == short else bracketed(name, short)
