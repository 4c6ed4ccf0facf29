"""Other people's packages, tried on something small: one can break by what another brings along, at any version."""

import contextlib
import io
import sys
import tempfile
import traceback
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path

from ..sentences import word
from . import PackageError


def try_tool(name):
    """Try one of `TOOLS`: where it is installed and does not work, a PackageError names packages and a remedy."""
    packages, trial = TOOLS[name]
    if not all(find_spec(package.partition(".")[0]) for package in packages):
        return  # not installed: that is told by who needs it
    try:
        for package in packages:
            import_module(package)
        if trial:
            trial()
    except Exception as error:  # whatever a package does that does not fit its neighbour
        raise broken(error, packages[0].partition(".")[0]) from error


@contextlib.contextmanager
def relying_on(name):
    """Within the block a tool is used: where something fails, the tool is tried, and its own failure told instead."""
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
    both = [*dict.fromkeys(map(_distribution, modules))]
    names = " + ".join(f"{name} {_version(name)}".strip() for name in both)
    said = f"{type(error).__name__}: {error}".partition("\n")[0]
    return PackageError(word("package broken", names=names, error=said, python=sys.executable, packages=" ".join(both)))


def _modules(error):
    """The installed packages that an error came through, the innermost last."""
    found = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        parts = Path(frame.f_code.co_filename).parts
        for place in ("site-packages", "dist-packages"):
            if place in parts[:-1]:
                found.append(parts[parts.index(place) + 1].removesuffix(".py"))
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


# By what they are for: modules that are imported, and what is then tried, where that is not trial enough.
TOOLS = {
    "pictures": (("matplotlib",), _draw),
    "kernel": (("nbclient", "ipykernel.kernelapp"), None),
    "page": (("nbconvert", "jinja2", "latex2mathml"), _make_page),
    "pdf": (("pypdf",), None),
    "typesetting": (("pypandoc", "typst"), _typeset),
    "progress": (("tqdm",), None),
    "download": (("requests", "filelock"), None),
    "watching": (("watchfiles",), None),
    "tests": (("nbval.plugin",), None),
    "editor": (("jupyterlab.labapp",), None),
}
# Modules of packages that requirements.txt lists, or that come with these.
REQUIRED = {"numpy", *(module.partition(".")[0] for modules, _ in TOOLS.values() for module in modules)}
