"""A real HTTP server on the loopback whose hosts behave as hosts do on bad days."""

import contextlib
import hashlib
import http.server
import re
import socket
import struct
import threading
import time


class Host(http.server.BaseHTTPRequestHandler):
    """Answers each path as the behaviour of that name does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        """Say nothing."""

    def do_GET(self):
        self.close_connection = True
        name = self.path.strip("/").split("/")[0]
        self.server.asked.append((name, self.headers.get("Range")))
        count = sum(asked == name for asked, _ in self.server.asked)
        with contextlib.suppress(ConnectionError, BrokenPipeError):
            BEHAVIOURS[name](self, self.server.content, count)

    def answer(self, body, status=200, length=None, **headers):
        """Send an answer; `length` as it claims to be, False for none."""
        self.send_response(status)
        if length is not False:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def wanted(self):
        """Where the part that is asked for begins; 0 for the whole."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        return int(found[1]) if found else 0


def good(host, content, count, upto=None):
    begin = host.wanted()
    if begin >= len(content):
        host.answer(b"", 416, Content_Range=f"bytes */{len(content)}")
    elif begin:
        part = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        host.answer(content[begin:upto], 206, len(content) - begin, Content_Range=part)
    else:
        host.answer(content[:upto], 200, len(content))


def status(code):
    return lambda host, content, count: host.answer(b"sorry", code)


def twice_busy(host, content, count):
    host.answer(b"busy", 503) if count < 3 else good(host, content, count)


def truncated(part, ranges=True):
    """Ends early, each time a little later; without ranges always at the same place."""

    def behave(host, content, count):
        if ranges:
            good(host, content, count, upto=max(int(len(content) * part), 1) if count == 1 else None)
        else:
            host.answer(content[: int(len(content) * part)], 200, len(content))

    return behave


def unsaid_length(part):
    return lambda host, content, count: host.answer(content[: int(len(content) * part)], 200, length=False)


def flipped(host, content, count):
    middle = len(content) // 2
    good(host, content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :], count)


def stall(host, content, count):
    host.answer(content[:20_000], 200, len(content))
    time.sleep(3)


def silence(host, content, count):
    time.sleep(3)


def trickle(host, content, count):
    host.answer(b"", 200, len(content))
    for start in range(0, len(content), 500):
        host.wfile.write(content[start : start + 500])
        host.wfile.flush()
        time.sleep(0.02)


def slow_but_whole(host, content, count):
    """Four pieces with pauses between them: too slow for those in haste."""
    begin, piece = host.wanted(), len(content) // 4
    headers = {"Content_Range": f"bytes {begin}-{len(content) - 1}/{len(content)}"} if begin else {}
    host.answer(b"", 206 if begin else 200, len(content) - begin, **headers)
    for start in range(begin, len(content), piece):
        host.wfile.write(content[start : start + piece])
        host.wfile.flush()
        time.sleep(0.3)


def ignoring_ranges(host, content, count):
    host.answer(content if count > 1 else content[:20_000], 200, len(content))


def wrong_range(host, content, count):
    if count == 1:
        host.answer(content[:20_000], 200, len(content))
    elif host.wanted():
        host.answer(content[:100], 206, Content_Range=f"bytes 0-99/{len(content)}")
    else:
        good(host, content, count)


def unsaid_range(host, content, count):
    if count == 1:
        host.answer(content[:20_000], 200, len(content))
    elif host.wanted():
        host.answer(content[host.wanted() :], 206)
    else:
        good(host, content, count)


def wrong_bytes_in_range(host, content, count):
    begin = host.wanted()
    if begin:
        part = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        host.answer(bytes(len(content) - begin), 206, Content_Range=part)
    else:
        host.answer(content[:20_000] if count == 1 else content, 200, len(content))


def changed(host, content, count):
    """Another file at the second request, and the right one from then on."""
    if count == 1:
        host.answer(bytes(20_000), 200, len(content))
    else:
        good(host, content, count)


def no_more_ranges(host, content, count):
    host.answer(b"", 416) if host.wanted() else good(host, content, count, upto=20_000 if count == 1 else None)


def loop(host, content, count):
    host.answer(b"", 302, Location=host.path)


def detour(host, content, count):
    host.answer(b"", 302, Location="/good/cifar-10-python.tar.gz")


def called_compressed(host, content, count):
    """As Apache does with the name of such an archive; it is not compressed once more."""
    host.answer(content, Content_Encoding="x-gzip")


def reset(host, content, count):
    if count > 1:
        good(host, content, count)
        return
    host.answer(content[:20_000], 200, len(content))
    host.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    host.connection.close()


def more_than_there_is(host, content, count):
    host.answer(content + bytes(100_000), 200, length=False)


BEHAVIOURS = {
    "good": good,
    "404": status(404),
    "403": status(403),
    "500": status(500),
    "503-then-fine": twice_busy,
    "page": lambda host, content, count: host.answer(b"<html>log in, please</html>"),
    "empty": lambda host, content, count: host.answer(b""),
    "flipped": flipped,
    **{f"truncated-{part}": truncated(part) for part in (0.0, 0.01, 0.3, 0.7, 0.99)},
    "truncated-no-ranges": truncated(0.5, ranges=False),
    "truncated-unsaid": unsaid_length(0.5),
    "stall": stall,
    "silence": silence,
    "trickle": trickle,
    "slow-but-whole": slow_but_whole,
    "ignoring-ranges": ignoring_ranges,
    "wrong-range": wrong_range,
    "unsaid-range": unsaid_range,
    "wrong-bytes-in-range": wrong_bytes_in_range,
    "changed": changed,
    "no-more-ranges": no_more_ranges,
    "loop": loop,
    "detour": detour,
    "called-compressed": called_compressed,
    "reset": reset,
    "more": more_than_there_is,
}


@contextlib.contextmanager
def serve(content):
    """Serve a file; yields an object with `url(behaviour)`, `sha256` and `asked`, the requests so far."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads, server.content, server.asked = True, content, []
    server.sha256 = hashlib.sha256(content).hexdigest()
    server.url = lambda name: f"http://127.0.0.1:{server.server_port}/{name}/cifar-10-python.tar.gz"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
