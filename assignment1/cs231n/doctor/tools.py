"""Other people's packages, tried on something small: one can break by what another brings along, at any version."""

import contextlib
import io
import sys
import tempfile
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path

from ..sentences import word
from . import PackageError

__all__ = ["TOOLS", "broken", "relying_on", "try_tool"]


def try_tool(name):
    """Try one of `TOOLS`.

    Parameters
    ----------
    name : str

    Raises
    ------
    PackageError
        If it is installed and does not work; the message names the packages and the command that mends them.
    """
    packages, trial = TOOLS[name]
    if not all(find_spec(package.partition(".")[0]) for package in packages):
        return  # not installed: that is told by who needs it
    try:
        for package in packages:
            import_module(package)
        trial()
    except Exception as error:  # whatever a package does that does not fit its neighbour
        raise broken(error, packages[0].partition(".")[0]) from error


@contextlib.contextmanager
def relying_on(name):
    """Within the block a tool is used: where something fails, the tool is tried, and its own failure is told instead.

    Parameters
    ----------
    name : str
        As in `try_tool`.

    Raises
    ------
    PackageError
        If the tool does not work; otherwise what was raised within the block goes on.
    """
    try:
        yield
    except Exception:
        try_tool(name)
        raise


def broken(error, package):
    """The PackageError that names the packages between which `error` was raised when `package` was called."""
    modules = [package, *_modules(error)]
    if isinstance(error, ImportError) and error.name:
        modules.append(error.name.partition(".")[0])
    if len(modules) > 1:  # the last two: of them one does not know the other
        modules = [next((name for name in reversed(modules) if name != modules[-1]), package), modules[-1]]
    names = [*dict.fromkeys(map(_distribution, modules))]
    return PackageError(
        word(
            "package broken",
            names=" + ".join(f"{name} {_version(name)}".strip() for name in names),
            error=f"{type(error).__name__}: {error}".partition("\n")[0],
            python=sys.executable,
            packages=" ".join(names),
        )
    )


def _modules(error):
    """The installed packages that an error came through, the innermost last."""
    found, trace = [], error.__traceback__
    while trace:
        parts = Path(trace.tb_frame.f_code.co_filename).parts
        for place in ("site-packages", "dist-packages"):
            if place in parts[:-1]:
                found.append(parts[parts.index(place) + 1].removesuffix(".py"))
        trace = trace.tb_next
    return found


def _distribution(module):
    """What pip calls the package that a module comes with."""
    return next(iter(metadata.packages_distributions().get(module, ())), module)


def _version(distribution):
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _draw():
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot([0, 1])
    figure.savefig(io.BytesIO(), format="png")


def _make_page():
    from latex2mathml.converter import convert
    from nbconvert import HTMLExporter
    from nbformat import v4

    convert("x^2")
    text = "# Heading\n\nformula $x$\n\n$$x$$\n\n| table |\n|---|\n| row |\n\n- list, `code`\n"
    output = v4.new_output("stream", text="text")
    cells = [v4.new_markdown_cell(text), v4.new_code_cell("x = 1", execution_count=1, outputs=[output])]
    HTMLExporter().from_notebook_node(v4.new_notebook(cells=cells))


def _typeset():
    import pypandoc
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "made.typ")
        pypandoc.convert_text("# Heading", "typst", "markdown", outputfile=str(source), extra_args=["--standalone"])
        typst.compile(str(source), output=f"{source}.pdf")


def _nothing():
    """Of these, being imported is trial enough."""


# By what they are for: modules that are imported, and what is then tried.
TOOLS = {
    "pictures": (("matplotlib",), _draw),
    "kernel": (("nbclient", "ipykernel.kernelapp"), _nothing),
    "page": (("nbconvert", "jinja2", "latex2mathml"), _make_page),
    "pdf": (("pypdf",), _nothing),
    "typesetting": (("pypandoc", "typst"), _typeset),
    "progress": (("tqdm",), _nothing),
    "download": (("requests", "filelock"), _nothing),
    "watching": (("watchfiles",), _nothing),
    "tests": (("nbval.plugin",), _nothing),
    "editor": (("jupyterlab.labapp",), _nothing),
}
