"""A Jupyter server of the tests' own, and a notebook in the browser, used by menus, keys and mouse."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request

TOKEN = "of-the-tests"
START_SECONDS, RUN_SECONDS = 60, 240  # limits; what is waited for is a condition of its own
_CLASSES = ("LabApp", "JupyterNotebookApp")
_NEWS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"


# The cells between are laid out as they come into view, and push away the one that was asked for.
_SCROLL = """async node => {
    for (let last = null, still = 0; still < 3; ) {
        node.scrollIntoView({block: 'nearest'});
        await new Promise(requestAnimationFrame);
        const place = JSON.stringify(node.getBoundingClientRect());
        [last, still] = [place, place === last ? still + 1 : 0];
    }
}"""


class Server:
    """A running Jupyter server.

    Attributes
    ----------
    address : str
    root : pathlib.Path
        The folder that it shows.
    """

    def __init__(self, address, root):
        self.address, self.root = address, root

    def ask(self, path, method="GET"):
        """Ask the server's own interface, and return what it says."""
        request = urllib.request.Request(
            f"{self.address}/api/{path}", method=method, headers={"Authorization": f"token {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")

    def shut_kernels_down(self):
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")


@contextlib.contextmanager
def serve(scratch):
    """Run a Jupyter server that knows no settings of the user's, asks nobody for news, and ends with the block.

    Parameters
    ----------
    scratch : pathlib.Path
        A new folder: for what the server keeps, and in it ``root``, which it shows.

    Yields
    ------
    Server
    """
    root, runtime, settings = (scratch / name for name in ("root", "runtime", "settings"))
    for folder in (root, runtime, (settings / _NEWS).parent):
        folder.mkdir(parents=True)
    (settings / _NEWS).write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    environment = {name: value for name, value in os.environ.items() if name != "CS231N_LANG"} | {
        "JUPYTER_CONFIG_DIR": str(scratch / "config"),
        "JUPYTER_DATA_DIR": str(scratch / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
        "OPENBLAS_NUM_THREADS": "1",  # beside a browser, more threads wait for each other
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={root}"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}"]
    command += [f"--{name}.expose_app_in_browser=True" for name in _CLASSES]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--LabApp.extension_manager=readonly"]
    with open(scratch / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield Server(_address(process, runtime, scratch / "log"), root)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process, runtime, log):
    """Wait until the server has written down where it listens."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # half written
                return f"http://127.0.0.1:{json.loads(path.read_text())['port']}"
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start within {START_SECONDS} s:\n{log.read_text(errors='replace')}")


class Notebook:
    """A notebook that is open in the browser, with a kernel that is ready.

    Attributes
    ----------
    page : playwright.sync_api.Page
    cells : playwright.sync_api.Locator
        All of its cells, in order.
    """

    def __init__(self, page, server, path, application):
        self.page = page
        page.set_default_timeout(1000 * START_SECONDS)
        page.goto(f"{server.address}/{application}/{path}?token={TOKEN}&reset")
        self.cells = page.locator(".jp-NotebookPanel .jp-Cell")
        self.cells.first.wait_for()
        # The status bar calls a kernel idle before the page is connected with it; what is run then is lost.
        self._panel = page.evaluate_handle(
            """async () => {
                const panel = jupyterapp.shell.currentWidget;
                await panel.sessionContext.ready;
                await panel.sessionContext.session.kernel.info;
                return panel;
            }"""
        )

    def cell(self, name):
        """The cell whose id is `name`, scrolled into view."""
        find = "(panel, name) => panel.content.widgets.findIndex(widget => widget.model.id === name)"
        return self._at(self._panel.evaluate(find, name))

    def active_cell(self):
        return self._at(self._panel.evaluate("panel => panel.content.activeCellIndex"))

    def _at(self, index):
        assert index >= 0
        cell = self.cells.nth(index)
        cell.evaluate(_SCROLL)
        return cell

    def choose(self, *names):
        """Click through a menu."""
        for name in names:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    def run(self, cell):
        """Select a cell, press Shift and Enter, and wait for its end."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.text_content()
        prompt.click()
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(
            "([prompt, before]) => ![before, '[*]:'].includes(prompt.textContent)",
            arg=[prompt.element_handle(), before],
            timeout=1000 * RUN_SECONDS,
        )

    def run_all_above(self, cell):
        cell.locator(".jp-InputPrompt").click()
        self.choose("Run", "Run All Above Selected Cell")

    def run_all(self):
        self.choose("Run", "Run All Cells")
        self.wait_for_all()

    def restart_and_run_all(self):
        self.choose("Kernel", "Restart Kernel and Run All Cells…")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self.wait_for_all()

    def wait_for_all(self):
        """Wait until all code cells are waiting for the kernel, and then until none is."""
        for condition in ("every", "none"):
            self.page.wait_for_function(
                """([panel, condition]) => {
                    const prompts = [...panel.node.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
                    const waiting = prompts.filter(prompt => prompt.textContent === '[*]:').length;
                    return condition === 'every' ? waiting > prompts.length / 2 : waiting === 0;
                }""",
                arg=[self._panel, condition],
                timeout=1000 * RUN_SECONDS,
            )
