"""What is said of the tests' own assignment (en)."""

TITLES = {"tiny-loss": "the tiny loss (en)", "tiny-inline": "the tiny question (en)"}
HINTS = dict.fromkeys(TITLES, ("think", "of one sample", "in words"))
