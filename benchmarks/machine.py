"""What a figure depends on: the processor, the kernels of the BLAS, and the versions of what is compared."""

import os
import platform
from importlib import metadata
from pathlib import Path

__all__ = ["blas", "machine"]

PACKAGES = ("numpy", "torch", "scikit-learn", "distributed")


def machine():
    """Processor, number of cores, BLAS and versions, as a text."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}; {blas()}; {_versions()}"


def blas():
    """Which BLAS NumPy uses, with its kernel and its number of threads: not every processor of a name has the same."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "the kernel of the BLAS is unknown without threadpoolctl"
    import numpy  # noqa: F401  brings its BLAS

    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return "; ".join(
        f"{pool['internal_api']} {pool['version']}, kernel {pool.get('architecture')}, {pool['num_threads']} thread(s)"
        for pool in pools
    )


def _versions():
    found = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)
