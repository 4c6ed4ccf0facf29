"""The proof by mutation: ``python -m tests.mutation [--seed N] [--count N]``."""

import argparse
import sys
from collections import Counter

import staff  # noqa: F401, so that the kit can be imported

from .proof import MUTATION, REWRITE, make_mutants, prove


def main(arguments=None):
    """Print how many edits of each kind were made, and each disagreement with its code; returns 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=21, help="what is drawn (%(default)s)")
    told = "rewrites, and mutations, of the losses; of the classifier a quarter as many (%(default)s)"
    parser.add_argument("--count", type=int, default=400, help=told)
    options = parser.parse_args(arguments)
    made, right, edits, causes, faults = Counter(), Counter(), Counter(), Counter(), 0
    for held in prove(make_mutants(options.seed, options.count), options.seed):
        mutant = held.mutant
        made[mutant.kind] += 1
        right[mutant.kind] += held.is_right
        edits.update((mutant.kind, edit) for edit in mutant.edits)
        causes.update(held.causes)
        faults += len(held.faults)
        if held.faults:
            print(f"DISAGREEMENT  {mutant.kind} {mutant.number} ({', '.join(mutant.edits)}) in {mutant.function}")
            print(*(f"  {fault}" for fault in held.faults), mutant.text, sep="\n")
    for (kind, edit), number in sorted(edits.items()):
        print(f"{kind:<10}{edit:<24}{number:>6}")
    for kind in (REWRITE, MUTATION):
        print(f"{made[kind]} x {kind}: {right[kind]} the same function, {made[kind] - right[kind]} another one")
    print(f"{len(causes)} causes told {causes.total()} times; {faults} disagreements with the truth")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
