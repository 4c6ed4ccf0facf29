"""What is said of the tests' own assignment (ko)."""

TITLES = {"tiny-loss": "the tiny loss (ko)", "tiny-inline": "the tiny question (ko)"}
HINTS = dict.fromkeys(TITLES, ("think", "of one sample", "in words"))
