"""Whom the rule chooses, and single lives in words."""

import numpy as np
import pytest

from experiments.pages.body import NotRecorded
from experiments.pages.language import spoken
from experiments.pages.words import DASH, SPACE
from experiments.questions.compare.biographies import GROUPS, biographies, choose
from experiments.questions.compare.figures import lives as figure
from experiments.questions.compare.findings.lives import Person, events, people, story, who
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections import lives as section
from experiments.runs.diaries import PAGE, YEARS, Diary
from tests.made_up_lives import AGENTS, CANDIDATE, MIDDLE, MIGRANT, SOON, UNLUCKY, WOMAN, diary, plain
from tests.synthetic_store import write_store

ALL = np.ones(AGENTS, bool)


def test_the_rule_takes_one_of_each_group():
    assert choose([diary(0), diary(1)], ALL) == {
        "migrant_apprentice": MIGRANT,
        "woman_technician": WOMAN,
        "new_craftsman": CANDIDATE,
        "loser": UNLUCKY,
        "median_worker": MIDDLE,
    }
    assert set(choose([diary(0), diary(1)], ALL)) == set(GROUPS)


def test_only_the_craftsman_may_stem_from_outside_the_sample():
    assert choose([diary(0), diary(1)], ~ALL) == {"new_craftsman": CANDIDATE}


def test_nobody_is_taken_twice():
    base, other = diary(0), diary(1)
    other["wage"][-1, MIGRANT] = 1  # the migrant now loses most, but is taken already
    chosen = choose([base, other], ALL)
    assert chosen["migrant_apprentice"] == MIGRANT
    assert chosen["loser"] == UNLUCKY


def test_the_largest_difference_of_paths_is_taken_then_wages_then_the_smaller_identity():
    base, other = plain(), plain()
    for pages in (base, other):
        pages["hukou"][:, WOMAN] = 0  # both are migrant apprentices now, and alike
        pages["home"][:, WOMAN] = pages["home"][0, MIGRANT]
        pages["grade"][:, WOMAN] = 0
    assert choose([base, other], ALL)["migrant_apprentice"] == MIGRANT
    other["wage"][3, WOMAN] += 1
    assert choose([base, other], ALL)["migrant_apprentice"] == WOMAN
    other["settled"][-1, MIGRANT] = 1
    assert choose([base, other], ALL)["migrant_apprentice"] == MIGRANT
    other[-2:, WOMAN] = np.zeros((), PAGE)  # leaves a year early: two year-ends
    other["identity"][-2:, WOMAN] = base["identity"][0, WOMAN]
    assert choose([base, other], ALL)["migrant_apprentice"] == WOMAN


def test_a_group_without_anybody_is_left_out():
    assert "new_craftsman" not in choose([plain(), plain()], ALL)
    assert "loser" not in choose([plain(), plain()], ALL)


def test_a_diary_goes_on_from_what_it_noted():
    again = Diary.taken_from({"slots": np.arange(AGENTS), "drawn": ALL, "pages": diary(1)})
    arrays = again.arrays()
    assert (arrays["pages"] == diary(1)).all()
    assert (arrays["drawn"] == ALL).all()


def life(group, scenario):
    table = biographies({"frozen": diary(0), "reform": diary(1)}, ALL)
    return table[(table["group"] == group) & (table["scenario"] == scenario)].to_dict("records")


@pytest.mark.parametrize(
    ("group", "scenario", "text"),
    [
        ("migrant_apprentice", "frozen", f"{YEARS[SOON]} is out of work at the end of the year"),
        (
            "migrant_apprentice",
            "reform",
            f"{YEARS[SOON]} reaches grade 5; courses finished in {YEARS[SOON + 1]}",
        ),
        ("woman_technician", "frozen", "no change of grade, place or standing"),
        ("woman_technician", "reform", f"{YEARS[SOON]} gains urban rights"),
        ("new_craftsman", "frozen", f"{YEARS[1]} fails the evaluation"),
        ("new_craftsman", "reform", f"{YEARS[1]} receives the city certificate"),
        ("loser", "reform", "2035 moves to Sichuan"),
    ],
)
def test_lives_in_words(group, scenario, text):
    assert story(life(group, scenario)) == text


def test_nothing_happens_after_leaving():
    pages = diary(1)
    pages[SOON + 2 :, MIGRANT] = np.zeros((), PAGE)
    pages["identity"] = plain()["identity"]
    table = biographies({"frozen": diary(0), "reform": pages}, ALL)
    own = table[(table["group"] == "migrant_apprentice") & (table["scenario"] == "reform")]
    found = events(own.to_dict("records"))
    assert [event.text for event in found][-1] == "leaves the industry at 40"
    assert found[-1].year == YEARS[SOON + 2]
    assert own["wage"].isna().sum() == len(YEARS) - SOON - 2


def test_returning_home_is_no_move_elsewhere():
    years = life("loser", "reform")
    years[-1]["home"] = years[-1]["province"]
    assert story(years) == "2035 returns home to Sichuan"


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    return Comparison(write_store(tmp_path_factory.mktemp("lives"), scenarios=2, runs=4))


def test_the_section_names_the_person_the_rule_and_the_run(comparison):
    body = section.build(comparison)
    assert body.points[0].lead == "A migrant apprentice"
    assert f"from Sichuan; at the end of {YEARS[0]} apprentice" in body.points[0].text
    assert "seed 1 and draw 1" in body.paragraphs[0]
    assert f"here 1{DASH}500" in body.paragraphs[1]
    assert len(body.tables) == len(body.points) == len(GROUPS)
    assert [row.cells[0] for row in body.tables[0].rows] == [one.label for one in comparison.scenarios]
    title = figure.build(comparison).title
    assert title.startswith(f"The worker in the middle: +10{SPACE}yuan a month in 2035 under Reform")


def test_lives_in_chinese(comparison):
    with spoken("zh"):
        person: Person = people(comparison)[0]
        words = [who(person), *(story(years) for years in person.lives.values())]
    assert "born" not in words[0]
    assert str(YEARS[SOON]) in words[1]
    assert "work" not in words[1]


def test_a_store_without_lives_says_so(tmp_path):
    folder = write_store(tmp_path, scenarios=2, runs=2, without=("biographies.parquet",))
    with pytest.raises(NotRecorded, match="single lives"):
        section.build(Comparison(folder))
