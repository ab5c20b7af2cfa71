"""What stopped single lives: a note for each, with the traceback and all that was chosen."""

import shlex
import traceback
from pathlib import Path
from typing import Any

from experiments.runs.files import file_written_aside, read_json, write_json
from experiments.runs.life import LAST_YEAR, Life
from experiments.runs.machine import now
from experiments.runs.sources import options

FOLDER = "failed"  # of a study


def note(folder: Path, life: Life, fault: Exception) -> None:
    """Leave what stopped a life, and the command that shows the same where there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Any] = {
        "run_id": life.run_id,
        "fault": f"{type(fault).__name__}: {fault}",
        "when": now(),
        "configuration": life.configuration(),
        "knowledge": life.world.knowledge,
        "command": command_of(life),
        "traceback": "".join(traceback.format_exception(fault)),
    }
    with file_written_aside(folder / f"{life.run_id}.json") as path:
        write_json(path, facts)


def notes(folder: Path) -> dict[str, dict[str, Any]]:
    """What is noted, by number of the life."""
    found = {}
    for path in sorted(folder.glob("[!.]*.json")):
        try:
            found[path.stem] = dict(read_json(path))
        except (OSError, ValueError, TypeError):
            found[path.stem] = {"fault": f"{path} cannot be read"}
    return found


def command_of(life: Life) -> str:
    """The command that lives the same life alone; empty for one that a question changed for itself."""
    changed = life.quantiles or life.proven or life.factors or life.until != LAST_YEAR
    if changed or life.scenario.name not in options("scenario"):
        return ""
    agents = life.world.agents
    words = ["workforce", "run", f"scenario={life.scenario.name}", f"seed={life.seed}", f"draw={life.draw}"]
    words += [f"knowledge={life.world.knowledge}"]
    words += ["population=full" if agents is None else f"population.agents={agents}"]
    words += [f"parameters.{name}={value}" for name, value in life.world.overrides.items()]
    return shlex.join([*words, "history=none"])
