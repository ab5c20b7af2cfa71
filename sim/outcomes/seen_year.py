"""One simulated year as publications would see it: indicators of industry, led to what is asked."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.calendar import MONTHS_PER_YEAR, START, year_of
from sim.categories import PROVINCE_CODES
from sim.data import REGIONS, region_of_province
from sim.data.derived import total_employment
from sim.data.figures import ALL, Figures

TENS: Final = 10_000.0
PER_CENT: Final = 100.0
START_YEAR: Final = year_of(START)
RURAL: Final = "hukou=rural"

Values = Mapping[tuple[int, str, str, str], float]  # by year, province, group and indicator
Links = Mapping[str, float]


class SeenYear:
    """Indicators of one year and the links of ``configs/parameters/observation.yaml``.

    ``figures``: those that drove the life.
    """

    def __init__(self, year: int, values: Values, links: Links, figures: Figures = ALL) -> None:
        self.year, self.links, self._values, self._figures = year, links, values, figures

    def __call__(self, indicator: str, group: str = "all", province: str = "all") -> float:
        """Value of an indicator, nan where the year or the group has none."""
        return self._values.get((self.year, province, group, indicator), float("nan"))

    def summed(self, years: int, indicator: str, group: str = "all") -> float:
        """Sum of an indicator over so many years, this one the last."""
        back = range(self.year - years + 1, self.year + 1)
        return sum(SeenYear(year, self._values, self.links)(indicator, group) for year in back)

    def grown(self, link: str) -> float:
        """What a yearly growth makes of 1 since the end of 2014."""
        return float((1.0 + self.links[link]) ** (self.year - START_YEAR))

    def national(self, persons: float) -> float:
        """Ten thousands in the whole economy of something of which industry has its share of the skilled."""
        return persons / self.links["industrial_share_of_skilled"] / TENS

    def total_employment(self) -> float:
        """Persons employed in the whole economy, with an assumed growth beyond the years that are known."""
        return total_employment(self.year, self.links["employment_total_growth_per_year"], self._figures)

    def migrants_in_secondary(self) -> float:
        """Share of all migrant workers who work in the secondary sector."""
        return self.links["migrant_secondary_share"] * self.grown("migrant_secondary_share_growth_per_year")

    def migrants(self, persons: float) -> float:
        """Migrant workers of all sectors, ten thousands, from workers of rural hukou in industry."""
        return persons * self.links["migrants_per_rural_worker"] / self.migrants_in_secondary() / TENS

    def rural_percent(self, *groups: str) -> float:
        """Per cent of the workers of rural hukou who belong to any of the groups."""
        persons = sum(self("rural_workers", group) for group in groups)
        return PER_CENT * persons / self("workers", RURAL)

    def migrant_wage(self, *groups: str) -> float:
        """Monthly income of migrant workers in groups of the rural, such as sectors, yuan."""
        wages = [self("rural_wage_mean", group) for group in groups]
        heads = [self("rural_workers", group) for group in groups]
        return float(np.average(wages, weights=heads)) * self.links["migrant_wage_ratio"]

    def nonprivate_wage(self) -> float:
        """Yearly wage in units that are not private, all sectors, yuan."""
        ratio = self.links["nonprivate_wage_ratio"] * self.grown("nonprivate_wage_growth_per_year")
        return self("wage_mean") * MONTHS_PER_YEAR * ratio

    def private_wage(self) -> float:
        """Yearly wage in private units, all sectors, yuan."""
        ratio = self.links["private_wage_ratio"] * self.grown("private_wage_growth_per_year")
        return self("wage_mean") * MONTHS_PER_YEAR * ratio

    def region_sum(self, region: str, *indicators: str) -> float:
        """Sum of indicators over the provinces of a region."""
        return sum(self(name, province=code) for name in indicators for code in _provinces(region))

    def region_wage(self, region: str) -> float:
        """Mean wage of a region over that of the country."""
        heads = {code: self("employed", province=code) for code in _provinces(region)}
        wages = [self("wage_mean", province=code) for code in heads]
        return float(np.average(wages, weights=list(heads.values()))) / self("wage_mean")


def _provinces(region: str) -> list[str]:
    inside = region_of_province() == REGIONS.index(region)
    return [str(code) for code, here in zip(PROVINCE_CODES, inside, strict=True) if here]
