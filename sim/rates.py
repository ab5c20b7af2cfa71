"""The named rates: the only handles by which a measure can change a life.

Each field holds one value per province (shape ``(31,)``). Base value, unit, range, bounds, evidence
and source of every rate stand in ``configs/parameters/rates.yaml``; a test keeps the two lists equal.
Names ending in ``_per_year`` are hazards; the others are probabilities, shares or factors.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Provincial = NDArray[np.float64]


class Rates(NamedTuple):
    """Named rates in force this month, after all modifiers; one value per province of residence."""

    # leaving and entering the industry
    retire_early_per_year: Provincial
    leave_industry_per_year: Provincial
    school_entry_share: Provincial
    vocational_entry_share: Provincial
    adult_entry_share: Provincial
    # jobs
    quit_per_year: Provincial
    lose_job_per_year: Provincial
    find_job_per_year: Provincial
    # training and skill
    employer_course_per_year: Provincial
    subsidised_application_per_year: Provincial
    subsidised_places_factor: Provincial
    apprenticeship_per_year: Provincial
    course_skill_gain: Provincial
    learning_per_year: Provincial
    # the ladder of grades
    examination_per_year: Provincial
    examination_pass: Provincial
    appointment_per_year: Provincial
    # recognition
    nomination_per_year: Provincial
    completion_factor: Provincial
    # pay
    grade_premium: Provincial
    low_grade_wage: Provincial
    # migration and settlement
    move_out_per_year: Provincial
    leave_township_per_year: Provincial
    return_home_per_year: Provincial
    settle_per_year: Provincial
    openness: Provincial
    # attitudes: components of what satisfaction and engagement relax towards
    respect: Provincial
    rights: Provincial
    participation: Provincial
    engagement_level: Provincial
    # enterprises
    training_effort: Provincial
    democratic_spread_per_year: Provincial
    pay_by_skill_spread_per_year: Provincial
    # delivery of all other measures
    delivery_fidelity: Provincial
    delivery_lag_months: Provincial
