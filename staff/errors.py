"""What the staff's tools stop at, with a sentence that says why, and what to do."""


class ClassError(Exception):
    """A class that cannot be graded as it was asked for."""


class SandboxError(Exception):
    """Student code cannot be kept apart from everything else."""
