"""The program in a terminal of its own: keys in, bytes out, and what the bytes paint."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

COLUMNS, ROWS = 120, 40
LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"
_SEQUENCE = re.compile(
    r"\x1b\[(?P<move>\d+;\d+)H|\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b[P\]^_][^\x1b\x07]*(?:\x07|\x1b\\)"
    r"|\x1b[^\[P\]^_]"
)


class Painted:
    """The screen that a stream of bytes paints: only what Textual sends, moves and text."""

    def __init__(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._rest = ""
        self._x = self._y = 0

    def feed(self, text: str) -> None:
        """Paint what came in, keeping a sequence that was cut for the next time."""
        text = self._rest + text
        cut = text.rfind("\x1b")
        whole = cut < 0 or _SEQUENCE.match(text, cut) is not None
        self._rest, text = ("", text) if whole else (text[cut:], text[:cut])
        at = 0
        for found in _SEQUENCE.finditer(text):
            self._print(text[at : found.start()])
            at = found.end()
            if found["move"]:
                row, column = found["move"].split(";")
                self._y, self._x = int(row) - 1, int(column) - 1
        self._print(text[at:])

    def _print(self, text: str) -> None:
        for character in text:
            if character == "\n":
                self._y += 1
            elif character == "\r":
                self._x = 0
            elif self._y < ROWS and self._x < COLUMNS:
                self._cells[self._y][self._x] = character
                self._x += 1

    @property
    def lines(self) -> list[str]:
        """The lines as they stand."""
        return ["".join(row) for row in self._cells]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)


class Terminal:
    """`ehcp-audit` running on a pseudo-terminal."""

    def __init__(self, workspace: Path, own_settings: Path, *, before: str = "pass") -> None:
        """Start it; `before` is Python to be run first, to break it on purpose."""
        self.output = b""
        self.painted = Painted()
        self._unread = b""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(own_settings),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "EHCP_AUDIT_CONFIG": str(own_settings),
        }
        program = f"{before}\nfrom ehcp_audit.__main__ import main\nraise SystemExit(main())"
        command = [sys.executable, "-c", program, "--workspace", str(workspace)]
        self.pid, self.master = pty.fork()
        if self.pid == 0:  # pragma: no cover  (the child)
            with contextlib.suppress(BaseException):
                time.sleep(0.02)  # until the size is set
                os.execve(sys.executable, command, environment)
            os._exit(127)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                read = os.read(self.master, 65536)
            except OSError:
                return
            if not read:
                return
            self.output += read
            data = self._unread + read
            text = data.decode("utf-8", errors="ignore")
            self._unread = _cut_character(data)
            self.painted.feed(text)

    def press(self, keys: str) -> None:
        """Send keys as a keyboard does."""
        os.write(self.master, keys.encode())

    def until(self, true: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until something holds, and fail where it never does."""
        last = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < last, f"it never came true:\n{self.painted.text}"
            time.sleep(0.01)

    def until_shown(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.until(lambda: text in self.painted.text)

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away, as a closed window does."""
        os.close(self.master)

    def ended(self, seconds: float = 10.0) -> int:
        """Wait for the end; returns the exit code, or minus the number of the signal."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._reader.join(2)
                with contextlib.suppress(OSError):
                    os.close(self.master)
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        raise AssertionError(f"it did not end:\n{self.painted.text}")


def _cut_character(data: bytes) -> bytes:
    """Return the bytes at the end that only begin a character."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[-back:] if back < length else b""
        if byte < 0x80:
            break
    return b""
