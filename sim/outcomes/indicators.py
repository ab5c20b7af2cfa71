"""Indicators: one table of names, units and definitions, which code, report and documentation share."""

from typing import Final, NamedTuple


class Indicator(NamedTuple):
    """Unit and definition of one indicator."""

    unit: str
    definition: str


INDICATORS: Final[dict[str, Indicator]] = {
    "workers": Indicator("persons", "industrial workforce at the end of the year, working or between jobs"),
    "employed": Indicator("persons", "of these at work"),
    "unemployed": Indicator("persons", "of these between jobs"),
    "mean_age": Indicator("years", "mean age of the workforce"),
    "mean_schooling": Indicator("years", "mean years of schooling: 6, 9, 12, 12, 15 by level"),
    "share_rural_hukou": Indicator("share", "workers of rural hukou among all"),
    "grade_stock": Indicator("persons", "workers holding the grade"),
    "skilled": Indicator("persons", "workers of grade 5 and above"),
    "high_skilled": Indicator("persons", "workers of grade 3 and above"),
    "recognised": Indicator("persons", "certificates of the tier since 2024, compared with the target"),
    "recognised_active": Indicator(
        "persons", "craftsmen whose highest tier this is and who are still in the trade"
    ),
    "nominated": Indicator("persons/year", "put forward for the tier"),
    "qualified": Indicator("persons/year", "of these with a score above the standard of the tier"),
    "quota": Indicator(
        "persons/year",
        "places in the intake of the year; national ones shared by workforce",
    ),
    "selected": Indicator("persons/year", "taken into cultivation"),
    "completed": Indicator("persons/year", "passed the evaluation at the end of cultivation"),
    "failed": Indicator("persons/year", "failed the evaluation"),
    "lost": Indicator(
        "persons/year",
        "left during cultivation: retired or died (retired), or other work (left)",
    ),
    "craftsmen_lost": Indicator(
        "persons/year", "recognised craftsmen who retired, died or left the industry"
    ),
    "in_cultivation": Indicator("persons", "in cultivation"),
    "recognition_wait": Indicator("years", "mean time from entry to the industry to the certificate"),
    "entries": Indicator("persons/year", "newcomers to the industrial workforce"),
    "young_entries": Indicator("persons/year", "school leavers among them, with and without a grade"),
    "exits": Indicator("persons/year", "departures by reason: retired, died, left for other work or home"),
    "turnover": Indicator("share/year", "separations over employment"),
    "separations": Indicator("persons/year", "quits, lost jobs and departures to other sectors; moves apart"),
    "job_changes": Indicator("persons/year", "quits with the next job at hand"),
    "training_started": Indicator("person-times/year", "courses begun, by programme"),
    "training_waiting": Indicator("persons", "applicants without a subsidised place"),
    "examinations_taken": Indicator("person-times/year", "grade examinations taken"),
    "examinations_passed": Indicator("person-times/year", "grade examinations passed"),
    "promotions": Indicator("persons/year", "workers reaching the grade"),
    "promotion_wait": Indicator("years", "mean time spent in the grade below"),
    "grade_losses": Indicator("persons/year", "workers of the grade who retired, died or left"),
    "wage_mean": Indicator("yuan/month", "mean nominal monthly wage of the employed"),
    "wage_median": Indicator("yuan/month", "median nominal monthly wage of the employed"),
    "skill_premium": Indicator("ratio", "mean wage of the highly skilled over those without a grade"),
    "wage_gini": Indicator("index 0-1", "Gini coefficient of monthly wages"),
    "migrants_inter_provincial": Indicator("persons", "living outside the home province"),
    "migrants_outgoing": Indicator("persons", "of rural hukou, away from the home township"),
    "migrants_local": Indicator("persons", "of rural hukou, in the home township"),
    "migrants_rural_inter_provincial": Indicator(
        "persons", "of rural hukou, living outside the home province"
    ),
    "rural_workers": Indicator("persons", "workers of rural hukou, in groups"),
    "rural_wage_mean": Indicator("yuan/month", "mean wage of the employed of rural hukou, in groups"),
    "migrants_up_to_40_share": Indicator("share", "workers of rural hukou up to 40 years"),
    "migrants_above_50_share": Indicator("share", "workers of rural hukou above 50 years"),
    "migrants_trained_share": Indicator("share", "workers of rural hukou who ever finished a course"),
    "migrants_settled": Indicator("persons", "inter-provincial migrants with urban rights where they live"),
    "settled_share": Indicator("share", "settled among inter-provincial migrants"),
    "moves": Indicator("persons/year", "moves to another province"),
    "returns": Indicator("persons/year", "returns home"),
    "settlements": Indicator("persons/year", "workers gaining urban rights"),
    "satisfaction": Indicator("points 0-100", "sense of gain and ownership, mean"),
    "engagement": Indicator("points 0-100", "study and participation, mean"),
    "training_effort": Indicator("index", "enterprises' training effort; 1 is the mean of 2014"),
    "democratic_share": Indicator("share", "employed in enterprises with democratic management"),
    "pay_by_skill_share": Indicator("share", "employed in enterprises that pay by skill"),
    "tightness": Indicator("ratio", "labour demand over supply"),
    "young_share": Indicator("share", "workers below 35 years"),
    "intensity": Indicator("intensity 0-1", "mean effective intensity of the measures of a family"),
    "spending": Indicator("million yuan/year", "cost of measures and of places for craftsmen beyond 2024"),
}
