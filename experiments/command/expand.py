"""`workforce expand`: more seeds or draws for a study."""

from typing import Any

HELP = """\
workforce expand NAME - more seeds or draws for a study

Adds rows to the plan and lives them. Nothing that is finished is lived again. The most_runs of the
study's command holds here too.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  seeds=0               +8 adds eight seeds to every draw
  draws=0               +50 adds fifty draws to every seed
  takeover=false        true: a machine that worked on the study is gone; goes on at once without it
  results=results       folder that results were written to

Example
  workforce expand small seeds=+2 draws=+4
"""


def help_text() -> str:
    """Text of ``workforce expand --help``."""
    return HELP


def main(settings: dict[str, Any]) -> int:
    """Write the larger plan and live what is missing."""
    from experiments.answers.checks import check_whole
    from experiments.questions.sweep.question import told
    from experiments.study.folder import Study
    from experiments.study.stop_rule import live_until
    from sim.errors import InputError

    study = Study(settings["results"], settings["name"])
    facts, design = study.facts(), study.design()
    study.check_version()
    for key in ("seeds", "draws"):
        check_whole(settings, key, low=0, high=1_000_000)
    seeds, draws = settings["seeds"], settings["draws"]
    if seeds == draws == 0:
        raise InputError("nothing to add; write seeds=+8, draws=+50 or both")
    chosen = facts["chosen"]
    larger = design.grown(design.seeds + seeds, design.draws + draws)
    if larger.runs() > chosen["most_runs"]:
        raise InputError(
            f"these would be {larger.runs():,} runs; most_runs={chosen['most_runs']:,} of this study allows "
            "fewer; its command (workforce sweep ...), given again with more, changes that"
        )
    study.write(larger, chosen)
    live_until(study, {**chosen, "until": None, "takeover": settings["takeover"]})
    return told(study)
