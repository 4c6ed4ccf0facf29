"""All examinations, one after another, and the command line that shows what they found."""

import argparse
import json
import sys

from ..sentences import make_streams_unicode_safe, word
from .findings import BAD, UNKNOWN, Finding, to_text
from .kit import examine_data, examine_disk, examine_line_ends, examine_writing
from .machine import examine_memory, examine_numpy, examine_packages, examine_python, examine_tools
from .notebook import examine_autoreload, examine_kernel

__all__ = ["EXAMINATIONS", "examine", "main"]

EXAMINATIONS = {
    "python": examine_python,
    "packages": examine_packages,
    "numpy": examine_numpy,
    "tools": examine_tools,
    "kernel": examine_kernel,
    "autoreload": examine_autoreload,
    "memory": examine_memory,
    "disk": examine_disk,
    "data": examine_data,
    "line ends": examine_line_ends,
    "writing": examine_writing,
}


def examine(report=lambda finding: None):
    """Look at everything; returns the findings, and gives each to `report` at once."""
    findings = []
    for name, look in EXAMINATIONS.items():
        try:
            verdict, found, *advice = look()
        except Exception as error:  # whatever a machine holds that nobody thought of: the others are still looked at
            verdict, found, advice = UNKNOWN, word("not examined", error=f"{type(error).__name__}: {error}"), []
        findings.append(Finding(name, verdict, found, *advice))
        report(findings[-1])
    return findings


def main(arguments=None):
    """Run the command line; returns 1 where something is bad."""
    make_streams_unicode_safe()
    parser = argparse.ArgumentParser(
        prog="python -m cs231n.doctor", description="Say what is wrong with this machine, and what to do."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line and finding")
    options = parser.parse_args(arguments)
    if options.json:
        findings = examine(lambda finding: print(json.dumps(finding._asdict(), ensure_ascii=False), flush=True))
    else:
        findings = examine()
        print(to_text(findings))
    return 1 if any(finding.verdict == BAD for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
