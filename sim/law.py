"""The law of motion: structural parameters that measures do not touch.

Value, unit, range, evidence and source of each stand in ``configs/parameters/law.yaml``; a test keeps
the two lists equal. Arrays are indexed by the codes of :mod:`sim.categories`.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Law(NamedTuple):
    """Structural parameters as plain numbers and arrays, for the compiled decisions."""

    # scope and scale
    industrial_share_of_skilled: float
    technician_share_start: float
    review_months: float
    # ageing: mortality by age band of ten years from 15; exits around the statutory age
    mortality_per_year: Vector
    early_retirement_age_years: float
    retire_at_age_per_year: float
    kept_on_rural_factor: float
    last_age_years: float
    # work
    leave_age_factor: Vector
    leave_unemployed_factor: float
    leave_dissatisfaction_slope: float
    leave_grade_factor: Vector
    leave_recognised_factor: float
    quit_age_factor: Vector
    quit_years_half: float
    quit_dissatisfaction_slope: float
    quit_migrant_factor: float
    quit_settled_factor: float
    quit_democratic_factor: float
    quit_pay_by_skill_factor: float
    quit_to_unemployment_share: float
    change_sector_share: float
    # training
    course_months: Vector
    course_engagement_slope: float
    course_diminishing: float
    apprenticeship_gain_factor: float
    apprentice_age_years: float
    # skill
    skill_ceiling: Vector
    skill_ceiling_per_course: float
    fade_per_year: float
    # examination: index = grade held
    grade_wait_years: Vector
    grade_standard: Vector
    examination_grade_factor: Vector
    examination_without_course_factor: float
    examination_engagement_slope: float
    pass_skill_slope: float
    # wages
    grade_wage: Vector
    education_wage: Vector
    experience_wage_per_year: float
    experience_years_most: float
    settled_wage: float
    tightness_wage_elasticity: float
    # migration
    move_age_factor: Vector
    move_education_factor: Vector
    move_again_factor: float
    return_age_factor: Vector
    return_settled_factor: float
    settle_years_half: float
    settle_skill_slope: float
    settle_local_factor: float
    gravity_wage: float
    gravity_population: float
    gravity_distance: float
    gravity_border: float
    gravity_network: float
    push_wage: float
    # attitudes: weights of wage, training, participation, respect, rights, climate
    satisfaction_weight: Vector
    satisfaction_wage_slope: float
    attitude_speed_per_year: float
    engagement_democratic: float
    engagement_satisfaction: float
    migrant_rights_factor: float
    participation_democratic: float
    respect_per_grade: float
    respect_per_tier: float
    climate_out_of_work: float
    # enterprises
    enterprise_persons: float
    enterprise_size_exponent: float
    democratic_share_start: float
    pay_by_skill_share_start: float
    democratic_neighbour_pull: float
    effort_poaching_slope: float
    effort_speed_per_year: float
    # recognition
    nomination_grade: float
    front_line_years: float
    nomination_engagement_slope: float
    nomination_grade_factor: Vector
    nomination_provincial_factor: Vector
    nomination_national_factor: Vector
    score_weight: Vector
    score_floor: Vector
    completion_city: float
    completion_provincial: float
    completion_national: float
    completion_skill_slope: float
    completion_effort_slope: float
    # labour supply and demand
    unemployment_frictional: float
    labour_demand_growth_per_year: float
    wage_growth_per_year: float
    first_wage_yuan_month: float
    school_entry_age_years: Vector
    adult_entry_age_years: Vector
    school_entrant_education: Vector
    rural_entrant_education: Vector
    urban_entrant_education: Vector
    adult_entrant_grade: Vector
    entrant_female_share: float
    entrant_rural_factor: float
    vocational_rural_factor: float
    entrant_outside_factor: float
    entrant_local_share: float


def compile_law(values: Mapping[str, float | Vector]) -> Law:
    """Law of motion from the register's values of one parameter draw; KeyError when a name is missing."""
    return Law._make(_plain(values[name]) for name in Law._fields)


def _plain(value: float | Vector) -> float | Vector:
    """A number as float, a list of numbers as a contiguous array."""
    return np.ascontiguousarray(value, dtype=np.float64) if isinstance(value, np.ndarray) else float(value)
