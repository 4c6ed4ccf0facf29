"""From the reference to the kit: regions, build, solve, run, and the proof that nothing leaks."""
