"""Made-up diaries: a few agents whose lives differ between scenarios in known ways."""

import numpy as np

from experiments.runs.diaries import PAGE, YEARS
from sim.categories import GRADES, PROVINCE_CODES, SEX, TECHNICIAN
from sim.records import Table
from sim.workforce.columns import UNEMPLOYED

MIGRANT, WOMAN, CANDIDATE, UNLUCKY, MIDDLE, RICHER = range(6)
AGENTS = 6
BIRTH = (1990 - 1930) * 12
SOON = 2  # years after the fork


def plain() -> Table:
    """Lives in which nothing happens but a wage that rises by 100 yuan a year; shape (years, agents)."""
    pages = np.zeros((len(YEARS), AGENTS), PAGE)
    pages["identity"] = np.arange(10, 10 + AGENTS)
    pages["weight"], pages["birth"], pages["status"], pages["hukou"] = 500, BIRTH, 1, 1
    pages["home"] = pages["province"] = PROVINCE_CODES.index(440000)
    pages["satisfaction"] = 128
    pages["wage"] = 5000 + 100 * np.arange(len(YEARS))[:, None]
    pages["hukou"][:, MIGRANT] = 0
    pages["home"][:, MIGRANT] = PROVINCE_CODES.index(510000)
    pages["sex"][:, WOMAN] = SEX.index("female")
    pages["grade"][:, WOMAN] = TECHNICIAN
    pages["weight"][:, CANDIDATE] = 1
    pages["grade"][:, CANDIDATE] = TECHNICIAN
    pages["candidate"][0, CANDIDATE] = 1
    return pages


def diary(strength: int) -> Table:
    """The lives of a scenario: 0 is the baseline; the others change each agent in its own way."""
    pages = plain()
    if strength == 0:
        pages["status"][SOON, MIGRANT] = UNEMPLOYED
        return pages
    pages["grade"][SOON:, MIGRANT] = GRADES.index("grade_5")
    pages["courses"][SOON + 1 :, MIGRANT] = 1
    pages["settled"][SOON:, WOMAN] = 1
    pages["tier"][1:, CANDIDATE] = 1
    pages["wage"][-1, UNLUCKY] -= 900 * strength
    pages["province"][-1, UNLUCKY] = PROVINCE_CODES.index(510000)
    pages["wage"][-1, MIDDLE] += 10
    pages["wage"][-1, RICHER] += 700
    pages["wage"][-1, MIGRANT] += 300
    pages["wage"][-1, WOMAN] -= 20
    return pages
