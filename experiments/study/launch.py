"""Who lives the lives of a question: this process, processes side by side, or jobs on a cluster."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from experiments.answers.checks import check_agents, check_memory, results_folder, share_cores
from experiments.answers.common_keys import LaunchKeys, check_threads
from experiments.answers.keys import as_dict
from experiments.runs.execute import Executor, Here
from experiments.runs.presence import launching
from experiments.runs.progress import watch
from experiments.runs.worker import Means, Worker, worker_bytes
from experiments.study.cluster import Cluster, check_options, submission_folder
from experiments.study.folder import Study
from experiments.study.scheduler import nothing_queued
from sim.errors import InputError

MANY: Final = 1_000  # jobs, more than a machine has cores


class Needs(NamedTuple):
    """What a question needs of a machine.

    Attributes
    ----------
    agents, most
        Of the largest life, and the persons there are.
    key
        What the number of agents was given by.
    populations
        How many are in the memory of a process at once.
    jobs
        How many could be done side by side.
    histories
        Folder in which histories are kept; None keeps them while they are needed.
    checkpoints
        Whether the end of every year is kept until the life is finished.
    """

    agents: int
    most: int
    key: str = "agents"
    populations: int = 1
    jobs: int = MANY
    histories: Path | None = None
    checkpoints: bool = False


@dataclass(frozen=True)
class Work:
    """How the lives of a question are lived, checked; no result depends on it.

    Attributes
    ----------
    study
        Where the question, its plan, failures and presence are noted.
    keys
        All that was chosen: the question itself, and by whom lives are lived.
    means
        How this machine lives them.
    """

    study: Study
    keys: LaunchKeys
    means: Means

    @property
    def answer(self) -> Path:
        """Folder of the answer."""
        return self.study.results / self.study.verb / self.study.name

    @classmethod
    def read(cls, verb: str, keys: LaunchKeys, needs: Needs) -> "Work":
        """Check the keys of a verb that say how lives are lived, and where.

        Raises
        ------
        InputError
            In one line, for what cannot be done here, or on a cluster.
        """
        study = Study(Path(keys.results), verb, keys.name)
        options = check_options(keys.slurm)
        if keys.launcher == "slurm":
            check_agents(needs.agents, needs.most, needs.key)
        elif options:
            raise InputError(f"slurm.{next(iter(options))} has no meaning with launcher={keys.launcher}")
        else:
            if keys.threads is not None:
                check_threads("threads", keys.threads)
            check_memory(*needs[:4])
        results_folder(keys.results)
        shared: tuple[int, int | None] = (1, keys.threads)
        if keys.launcher != "basic":
            shared = share_cores(keys.threads, needs.jobs, worker_bytes(needs.agents, needs.histories))
        return cls(study, keys, Means(*shared, needs.histories, needs.checkpoints))

    @contextmanager
    def executing(self, years: int, *, wait: bool = True, **facts: Any) -> Iterator[Executor]:
        """Be the only one who has lives of the study lived.

        Parameters
        ----------
        years
            Simulated years that are expected.
        wait
            Whether jobs on a cluster are waited for; else they are submitted and left.
        facts
            What else is to be remembered of the question.

        Raises
        ------
        InputError
            When another launcher works on the study, or jobs of it wait in a queue and nobody shall wait.
        """
        study, keys, in_slurm = self.study, self.keys, self.keys.launcher == "slurm"
        with closing(watch(years)) as progress:
            crew: Cluster | Here
            if in_slurm:
                crew = Cluster(study, keys, self.means, waits=wait)
                crew.wait_for_earlier(progress)
            else:
                crew = Here(Worker(study.store, progress, self.means, study.folder))
            submitted = in_slurm and submission_folder(study.folder).exists()
            with launching(
                study.presence, nothing_queued(study, must_answer=submitted), takeover=keys.takeover
            ):
                study.begin(as_dict(keys), **facts)
                with Executor(study.store, crew, progress, study) as live:
                    yield live
