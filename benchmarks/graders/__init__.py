"""The same submissions, function and claims through several graders, each in an environment of its own.

Each module has ``NAME``; ``prepare(folder, solutions)``, which lays out a batch in a new folder, from source by
student; ``commands(python)``, what comes before, what is measured, and what comes after; and ``points(folder)``, by
student as a share of all.
"""
