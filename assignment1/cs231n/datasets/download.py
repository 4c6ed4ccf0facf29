"""Downloads that resume where they stopped, and give up on a host that stalls or is too slow."""

import time
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 13  # bytes: so few that a host that crawls is noticed


class DownloadError(Exception):
    """A file that did not come; the message says why, as part of a sentence."""


class TooSlowError(DownloadError):
    """A host that delivers, and too slowly."""


class Limits(NamedTuple):
    """Timeouts, retries, and the lowest rate of a download."""

    connect: float = 15.0  # seconds without a connection
    stall: float = 30.0  # seconds without a byte
    rate: float = 100e3  # bytes a second, below which another host is tried
    window: float = 30.0  # seconds of which that is the mean
    attempts: int = 3  # requests in a row that bring nothing new
    pause: float = 1.0  # seconds before the second attempt; each further one waits twice as long


LIMITS = Limits()


class Download:
    """The download of one file: keeps what came, whichever host it came from, and asks only for the rest."""

    def __init__(self, partial, limits, size=None):
        self.partial, self.limits, self.size = Path(partial), limits, size

    def run(self, url, path):
        """Download `url` to `path`, or raise DownloadError; returns whether it came in pieces, which may not fit."""
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        fruitless = 0
        while fruitless < self.limits.attempts:
            if fruitless:
                time.sleep(self.limits.pause * 2 ** (fruitless - 1))
            before = self._have()
            reason = self._request(url)
            if reason is None:
                self.partial.replace(path)
                return before > 0
            fruitless = 0 if self._have() > before else fruitless + 1
        raise DownloadError(reason)

    def _have(self):
        return self.partial.stat().st_size if self.partial.exists() else 0

    def _request(self, url):
        """Ask once for what is missing; None when all is there, else why it is not."""
        import requests
        from requests import exceptions

        have = self._have()
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        try:
            timeout = (self.limits.connect, self.limits.stall)
            with requests.get(url, headers=headers, stream=True, timeout=timeout) as answer:
                return self._receive(answer, have)
        except exceptions.SSLError as error:
            raise DownloadError("its certificate cannot be trusted") from error
        except exceptions.TooManyRedirects as error:
            raise DownloadError("it redirects without end") from error
        except (exceptions.Timeout, exceptions.ConnectionError, exceptions.ChunkedEncodingError) as error:
            # requests calls a time-out within the body a lost connection
            if isinstance(error, exceptions.Timeout) or "timed out" in str(error):
                raise DownloadError(f"it stalled for {self.limits.stall:g} s") from error
            return "the connection was lost" if self._have() > have else "no connection"
        except exceptions.RequestException as error:
            raise DownloadError(str(error)) from error

    def _receive(self, answer, have):
        """Write what an answer brings behind the `have` bytes that are here; None when all is there, else why not."""
        from tqdm import tqdm

        status, headers = answer.status_code, answer.headers
        if status == 416 or (status == 206 and not headers.get("Content-Range", "").startswith(f"bytes {have}-")):
            # More is here than there, or another piece came than was asked for: from the beginning.
            self.partial.unlink(missing_ok=True)
            return f"HTTP {status} to a request for a part"
        if status == 429 or status >= 500:
            return f"HTTP {status} {answer.reason}"
        if status not in (200, 206):
            raise DownloadError(f"HTTP {status} {answer.reason}")
        have = have if status == 206 else 0
        rest = headers.get("Content-Length", "")
        total = self.size or (have + int(rest) if rest.isdigit() else None)
        # Hosts call an archive that is compressed by itself an answer that was compressed for sending; its digest is of
        # what is sent.
        answer.raw.headers.pop("Content-Encoding", None)
        # With `disable=None` the bar is drawn on a terminal only.
        bar = tqdm(total=total, initial=have, unit="B", unit_scale=True, leave=False, desc="CIFAR-10", disable=None)
        with self.partial.open("ab" if have else "wb") as file, bar:
            pace = _Pace(self.limits)
            for chunk in answer.iter_content(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                if total and have > total:
                    break
                bar.update(len(chunk))
                pace.add(len(chunk))
        if total and have > total:
            self.partial.unlink(missing_ok=True)
            raise DownloadError(f"more came than the {total:,} bytes that it has")
        return None if total is None or have == total else f"it ended after {have:,} of {total:,} bytes"


class _Pace:
    """Raises TooSlowError at the end of each window of time whose mean rate is below the limit."""

    def __init__(self, limits):
        self.limits, self.since, self.bytes = limits, time.monotonic(), 0

    def add(self, number):
        self.bytes += number
        seconds = time.monotonic() - self.since
        if seconds > self.limits.window:
            rate, limit = self.bytes / seconds, self.limits.rate
            if rate < limit:
                raise TooSlowError(f"it delivers {rate / 1e3:.0f} kB/s, and less than {limit / 1e3:.0f} is slow")
            self.since, self.bytes = time.monotonic(), 0
