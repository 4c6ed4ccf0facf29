"""What can become of a claim."""

__all__ = ["FAIL", "FAULT", "NOT_RUN", "NOT_STARTED", "PASS"]

# Not run: something that it needs failed. A checker fault is ours, and costs nobody anything.
PASS, FAIL, NOT_STARTED, NOT_RUN, FAULT = "pass", "fail", "not started", "not run", "checker fault"
