"""The keys that verbs of a study share."""

from dataclasses import dataclass

from experiments.answers.common_keys import PlaceKeys, check_results
from experiments.answers.keys import key


@dataclass
class StudyKeys(PlaceKeys):
    """Which study."""

    name: str = key(
        "default",
        "the study; name=NAME is the same. VERB/NAME where several questions have one of this name",
        shown="NAME",
    )
    results: str = key("results", "folder that results were written to", check=check_results)


@dataclass
class TakenKeys(StudyKeys):
    """Which study, and whether others that worked on it are gone."""

    takeover: bool = key(
        False, "true: a machine that worked on the study is gone; goes on at once without it"
    )
