"""What has changed since the numbers of a page were made: they stay, and the page says so."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from experiments.pages.language import Labels, say
from experiments.pages.words import listed
from experiments.runs.files import MANIFEST, read_json
from sim.errors import InputError

PARTS: Final = Labels({
    "code_hash": "the code",
    "answer_hash": "the code",
    "data_hash": "the published figures",
    "parameters_hash": "the registers of parameters",
    "past_hash": "the scenario of the past",
    "knowledge_hash": "the calibration",
    "knowledge_hashes": "the calibration",
})  # fmt: skip


def changed_since(folder: Path) -> str:
    """Say what has changed since the numbers of a folder were made, by its manifest; else nothing."""
    made = read_json(folder / MANIFEST) if (folder / MANIFEST).is_file() else {}
    return told(made, hashes_now(made.get("knowledge"))) if "code_hash" in made else ""


def told(made: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say in which hashes what was made differs from what there is now."""
    parts = [PARTS[name] for name in PARTS if name in made and name in now and made[name] != now[name]]
    if not parts:
        return ""
    text = (
        "Changed since the two comparisons were made: {what}. They stand as they were made."
        if "of" in made  # they were read, and the command does not make them anew
        else "Changed since these numbers were made: {what}. They stand as they were made; the same command, "
        "given again, makes them anew."
    )
    return say(text, what=listed(list(dict.fromkeys(parts))))


def hashes_now(knowledge: str | None) -> dict[str, str]:
    """Hashes of the files as they are; without those that cannot be read any more."""
    from experiments.answers.checks import read_hashes
    from experiments.runs.sources import answer_hash, files

    try:
        decided = read_hashes(knowledge) if knowledge else files()
    except InputError:
        decided = files()
    return {**decided, "answer_hash": answer_hash()}
