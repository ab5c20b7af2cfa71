"""Ageing, death and retirement, with the schedule of the statutory ages since January 2025."""

from typing import Final

from sim.calendar import month_index
from sim.categories import EDUCATION, HUKOU, SEX, TECHNICIAN
from sim.chance import Word
from sim.compiled import inlined
from sim.constants import whole
from sim.law import Law
from sim.life import flows
from sim.life.arithmetic import largest
from sim.life.draws import choices, strikes
from sim.life.flows import Counts
from sim.life.surroundings import EXIT, Surroundings, World
from sim.rates import Rates
from sim.workforce.columns import Workers

WOMAN: Final = SEX.index("female")
RURAL: Final = HUKOU.index("rural")
HIGHER_VOCATIONAL: Final = EDUCATION.index("higher_vocational")

# Decision of the Standing Committee of September 2024: born from these months on, later retirement.
MEN, SPECIALISTS, WOMEN = whole("statutory_age_months")
MEN_BIRTHS, SPECIALISTS_BIRTHS, WOMEN_BIRTHS = whole("retirement_delay_births")
MEN_MOST, SPECIALISTS_MOST, WOMEN_MOST = whole("retirement_delay_most")
MEN_FROM: Final = month_index(1965)
WOMEN_55_FROM: Final = month_index(1970)
WOMEN_50_FROM: Final = month_index(1975)


@inlined
def age_band(age_months: int) -> int:
    """Index of the age band 16-24, 25-34, 35-44, 45-54, 55 and over."""
    return min(4, max(0, (age_months - 180) // 120))


@inlined
def age_step(age_months: int) -> int:
    """Index of the age 15-19, 20-24, and so on to 45-49, and 50 and over."""
    return min(7, max(0, (age_months - 180) // 60))


@inlined
def delay_months(birth: int, first_birth: int, births_per_month: int, most: int) -> int:
    """Months by which retirement is put off: one for every ``births_per_month`` months of birth."""
    if birth < first_birth:
        return 0
    return min(most, (birth - first_birth) // births_per_month + 1)


@inlined
def statutory_age_months(i: int, workers: Workers) -> int:
    """Statutory retirement age in months: men 60 to 63, women 55 to 58 (specialists) or 50 to 55."""
    birth = int(workers.birth[i])
    if workers.sex[i] != WOMAN:
        return MEN + delay_months(birth, MEN_FROM, MEN_BIRTHS, MEN_MOST)
    if workers.education[i] == HIGHER_VOCATIONAL or workers.grade[i] >= TECHNICIAN:
        return SPECIALISTS + delay_months(birth, WOMEN_55_FROM, SPECIALISTS_BIRTHS, SPECIALISTS_MOST)
    return WOMEN + delay_months(birth, WOMEN_50_FROM, WOMEN_BIRTHS, WOMEN_MOST)


@inlined
def mortality_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of death at the worker's age."""
    age = world.month.now - int(workers.birth[i])
    return float(world.law.mortality_per_year[min(5, max(0, (age - 180) // 120))])


@inlined
def retirement_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of retiring: early from about 50, mostly at the statutory age, later for rural hukou."""
    age = world.month.now - int(workers.birth[i])
    if age >= statutory_age_months(i, workers):
        if workers.hukou[i] == RURAL and age < world.law.last_age_years * 12.0:
            return world.law.retire_at_age_per_year * world.law.kept_on_rural_factor
        return world.law.retire_at_age_per_year
    if age >= world.law.early_retirement_age_years * 12.0:
        return float(world.rates[workers.province[i]].retire_early_per_year)
    return 0.0


@inlined
def exit_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of death or retirement."""
    return mortality_per_year(i, workers, world) + retirement_per_year(i, workers, world)


@inlined
def young_exit_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of exit of those below the age of possible retirement; zero for the others."""
    return 0.0 if workers.birth[i] <= world.month.old_birth else exit_per_year(i, workers, world)


@inlined
def old_exit_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of exit of those at or above the age of possible retirement; zero for the others."""
    return exit_per_year(i, workers, world) if workers.birth[i] <= world.month.old_birth else 0.0


@inlined
def most_young_exit_per_year(_highest: Rates, law: Law, _around: Surroundings) -> float:
    """Largest exit hazard of any worker below the age of possible retirement."""
    return largest(law.mortality_per_year[:5])


@inlined
def most_old_exit_per_year(highest: Rates, law: Law, _around: Surroundings) -> float:
    """Largest exit hazard of any worker at or above the age of possible retirement."""
    retire = max(law.retire_at_age_per_year, float(highest.retire_early_per_year))
    return retire + largest(law.mortality_per_year)


def youngest_retirement_months(law: Law) -> int:
    """Age below which nobody can retire; women of the 50 group are the first at the latest."""
    return int(min(float(WOMEN), law.early_retirement_age_years * 12.0))


@inlined
def retire(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on death and retirement."""
    dying = mortality_per_year(i, workers, world)
    retiring = retirement_per_year(i, workers, world)
    identity = workers.identity[i]
    if not strikes(EXIT, draw_head, identity, dying + retiring, world):
        return
    kind, _, _ = choices(EXIT, identity, world)
    flow = flows.DIED if kind * (dying + retiring) < dying else flows.RETIRED
    flows.depart(i, flow, workers, counts.flows)
