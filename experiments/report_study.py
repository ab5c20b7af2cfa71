"""`workforce report`: the page of a study."""

from typing import Any

HELP = """\
workforce report NAME - the page of a study

One page with the probability of each target under every scenario and setting, and for the first settings a
page of all figures, as workforce compare writes it.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  targets=reform_2035   what is to be reached; for example targets.national=1500
  pages=2               settings that get a page of their own, of 200 runs of each scenario at most
  results=results       folder that results were written to

Example
  workforce report small

Writes results/studies/NAME/report/index.html, targets.csv, settings.csv and setting-0/report.html.
"""


def help_text() -> str:
    """Text of ``workforce report --help``."""
    return HELP


def main(settings: dict[str, Any]) -> None:
    """Write the pages and name the first."""
    from experiments.study.folder import Study
    from experiments.study.pages import write_pages
    from experiments.validate import check_whole, read_targets

    check_whole(settings, "pages", low=0, high=1_000)
    study = Study(settings["results"], settings["name"])
    study.facts()
    print(f"Page: {write_pages(study, read_targets(settings), settings['targets'], settings['pages'])}")
