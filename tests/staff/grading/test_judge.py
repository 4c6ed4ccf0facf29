"""What the judge makes of one submission."""

import pytest

from cs231n.submission.contents import REQUIRED
from staff.errors import SandboxError
from staff.grading import sandbox
from staff.grading.judge import judge


def test_without_a_process_for_it_code_is_not_judged(finished, monkeypatch):
    def fail(*_):
        raise SandboxError("expected a process for student code, found none")

    monkeypatch.setattr(sandbox, "lend", fail)
    with pytest.raises(SandboxError):
        judge({name: finished[name] for name in REQUIRED}, sandbox.find_isolation(), 1)
