"""The keys that verbs share.

The fields of a base come first where an answer keeps what was asked, and last in the help; a key that a verb
writes down again keeps the first place and takes another one in the help.
"""

import os
import re
from dataclasses import dataclass, field
from typing import Any

from experiments.answers.keys import FROM_FILE, Keys, below, group, key
from experiments.places import LATEST
from sim.errors import InputError

DRAWS_KNOW = (
    f"what draws know: {LATEST} is calibrated on figures published to that year, draw 0 is the best fit; "
    "prior takes the whole ranges, draw 0 their central values"
)
LONGEST_SHOWN = 100  # letters of a word that is refused


def check_name(name: str, value: str) -> None:
    """Check that a name can be that of a folder."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        raise InputError(
            f"{name}={value} must be plain: letters, digits, - and _ only, for example {name}=more_seats"
        )


def check_results(_: str, results: str) -> None:
    """Check that the results folder has a name that a folder can have."""
    if not results.strip():
        raise InputError("results is empty; name a folder, for example results=results")
    try:
        results.encode()
        os.stat(results)  # noqa: PTH116 - pathlib hides what is wrong with a name
    except (FileNotFoundError, PermissionError):
        return  # made, or refused, when something is written
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it has signs that no name can have"
        raise InputError(
            f"results={results[:LONGEST_SHOWN]!r} cannot be a folder ({reason}); for example results=results"
        ) from None


def check_threads(name: str, threads: int) -> None:
    """Check that there are so many cores."""
    from experiments.runs.machine import cores

    if not 1 <= threads <= cores():
        raise InputError(f"{name}={threads} is not possible here; choose 1 to {cores()}, or null for all")


def check_file(name: str, value: str) -> None:
    """Check that a file is named; whoever reads it says what is wrong with it."""
    if not value.strip():
        raise InputError(f"{name} is empty; name a CSV file, or null")


def check_files(name: str, values: list[str]) -> None:
    """Check that files are named; whoever reads them says what is wrong with one."""
    for value in values:
        check_file(name, value)


def check_language(name: str, language: str) -> None:
    """Check that pages are written in this language."""
    from experiments.pages.language import LANGUAGES

    if language not in LANGUAGES:
        names = ", ".join(f"{code} ({spoken})" for code, spoken in LANGUAGES.items())
        raise InputError(f"{name}={language} is not possible; choose one of: {names}")


def check_pdf(_: str, pdf: bool) -> None:  # noqa: FBT001 - the value of a key
    """Check that what prints pages is installed."""
    if pdf:
        from experiments.pages.pdf import check_pdf as installed

        installed()


@dataclass
class PopulationKeys(Keys):
    """How many agents the people are simulated with; null is one agent per person."""

    agents: int | None = FROM_FILE


@dataclass
class TargetKeys(Keys):
    """The numbers of craftsmen to be reached, and what counts."""

    year: int = FROM_FILE
    national: int = FROM_FILE
    provincial: int = FROM_FILE
    city: int = FROM_FILE
    counting: str = "certificates"


@dataclass
class EditionKeys(Keys):
    """How a page is written."""

    language: str = key("en", "en: English; zh: Chinese", check=check_language)
    pdf: bool = key(False, "true: the page as PDF too, with contents and page numbers", check=check_pdf)


@dataclass
class PageKeys(EditionKeys):
    """Whether and how a page is written."""

    page: bool = key(True, "write the page")


def name_key(text: str = "the result is kept under this name") -> str:
    """Name of an answer."""
    return key("default", text, check=check_name)


def targets_key(text: str) -> TargetKeys:
    """What is to be reached, as a verb says it."""
    return group("reform_2035", TargetKeys, "targets", text)


def scenario_key(choice: str | list[str], text: str, **about: Any) -> dict[str, Any]:
    """Measures over time, as a verb says it: lines of a scenario, or of several by their names."""
    lines: dict[str, Any] = group(choice, dict, "scenario", text, **about)
    return lines


def knowledge_key(text: str = "calibration that draws come from; prior takes the whole ranges") -> str:
    """What draws know."""
    return key(LATEST, text)


def parameters_key(text: str = "fix single parameters: parameters.quit_per_year=0.2") -> dict[str, Any]:
    """Parameters that the user fixes."""
    return key({}, text)


def data_key() -> list[str]:
    """A user's own figures of the country."""
    return key(
        [],
        "your own figures of the country, CSV files with the columns indicator,year,value,unit as in "
        "sim/data/national_series.csv: 'data=[./2025.csv]'. They take the place of assumed growth, and "
        "calibrate fits to them (docs/own_figures.md)",
        check=check_files,
    )


def population_key(usual: str = "sample") -> PopulationKeys:
    """How many agents; ``usual`` names the file that a verb takes by default."""
    return group(
        usual,
        PopulationKeys,
        "population",
        "how many agents stand for the people: tiny (20,000), sample (400,000),\n"
        "tenth (1 agent for 10 persons), full (one agent per person)\n"
        "or any number: population.agents=1000000",
    )


@dataclass
class ThreadKeys(Keys):
    """What a verb that simulates may take of the machine."""

    threads: int | None = key(
        None,
        "processor cores to use; null takes all. Results do not depend on it",
        check=check_threads,
    )


@dataclass
class PlaceKeys(Keys):
    """Where results go."""

    results: str = key("results", "folder that results are written to", check=check_results)


@dataclass
class NamedKeys(PlaceKeys):
    """An answer with a name."""

    name: str = name_key()


@dataclass
class LaunchKeys(NamedKeys, ThreadKeys):
    """Who lives the lives of a question; no result depends on it."""

    launcher: str = key(
        "joblib",
        "basic: one life after the other on all cores; joblib: as many side by side as memory and cores "
        "allow; slurm: as jobs of a cluster",
        choices=("basic", "joblib", "slurm"),
    )
    slurm: dict[str, Any] = key(
        {},
        "what jobs ask of the cluster: slurm.partition=long slurm.account=mine, and qos, constraint, "
        "exclude, cpus_per_task, mem_gb, timeout_min, array_parallelism",
    )
    job_minutes: float = key(20.0, "wanted length of a job", low=0.0, above=True, high=10_000.0)
    takeover: bool = key(
        False, "true: a machine that worked on this study is gone; goes on at once without it"
    )
    threads: int | None = key(
        None,
        "processor cores to use, or of each job on a cluster; null takes all. Results do not depend on it",
        low=1,
    )


@dataclass
class WrittenKeys(LaunchKeys):
    """An answer with a page."""

    report: EditionKeys = below(EditionKeys)


@dataclass
class ScenarioKeys(Keys):
    """Scenarios as a command composed them."""

    changed: list[Any] = field(default_factory=list)  # lines not as in their files; told, never typed


@dataclass
class AimedKeys(Keys):
    """What is to be reached."""

    targets: TargetKeys = targets_key("what is to be reached")


@dataclass
class LifeKeys(PlaceKeys, ThreadKeys):
    """Lives of the country whose figures are kept for whoever wants to look at them."""

    population: PopulationKeys = population_key()
    parameters: dict[str, Any] = parameters_key()
    data: list[str] = data_key()
    knowledge: str = knowledge_key(DRAWS_KNOW)
    targets: TargetKeys = targets_key("what is to be reached")
    history: str = key(
        "keep",
        "the years of history are the same under all scenarios. keep: they are kept in RESULTS/histories and "
        "read again, about 25 bytes for each agent and run; none: nothing is kept. The folder may be "
        "deleted at any time",
        choices=("keep", "none"),
    )
    checkpoint: str = key(
        "none",
        "yearly: the state is kept at the end of every year until the run is finished, so that the same "
        "command goes on there after an interruption or a power cut",
        choices=("none", "yearly"),
    )
