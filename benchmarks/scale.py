"""Scale on paper: from measured costs to a class of 100,000 on 1, 10 and 100 machines."""

__all__ = ["Plan", "plan"]

from typing import NamedTuple

CORES = 8  # of a node that is rented


class Plan(NamedTuple):
    """What a cluster needs for a class.

    Attributes
    ----------
    nodes : int
    workers, scheduler : float
        Hours that the workers, and the one scheduler, are busy; the longer of the two decides.
    """

    nodes: int
    workers: float
    scheduler: float

    @property
    def hours(self):
        """From start to end."""
        return max(self.workers, self.scheduler)


def plan(submissions, nodes, cpu_seconds, task_seconds, cores=CORES):
    """How long a class takes.

    Parameters
    ----------
    submissions, nodes : int
    cpu_seconds : float
        For one submission, on one core.
    task_seconds : float
        Of the scheduler, for one task: it hands out one after another, whatever the number of nodes.
    cores : int
        Of a node.

    Returns
    -------
    Plan
    """
    return Plan(nodes, submissions * cpu_seconds / (nodes * cores) / 3600, submissions * task_seconds / 3600)


def limit(cpu_seconds, task_seconds, cores=CORES):
    """Number of nodes from which on the scheduler decides, and more of them bring nothing."""
    return cpu_seconds / task_seconds / cores
