"""Errors that say what was seen, where, and what to do."""

from __future__ import annotations

import os
import unicodedata


class StratlintError(Exception):
    """Base of every error that stratlint raises on purpose.

    ``code`` is short and stable; the message is one a person can act on. It quotes what others
    wrote, so it is one line, and characters that drive a terminal stand in it as their escapes.
    """

    def __init__(self, message: str, *, code: str = "error") -> None:
        message = safe(shortened(message), lines=False)
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        """Keep ``code`` when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.message, self.code))


def _rebuild(kind: type[StratlintError], message: str, code: str) -> StratlintError:
    return kind(message, code=code)


class UsageError(StratlintError):
    """A wrong command line, setting, manifest or rule file: exit code 2."""


class FileFault(UsageError):
    """A fault in a file that people edit, at a line and column (both from 1)."""

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        code: str = "file-fault",
    ) -> None:
        where = ":".join(str(part) for part in (path, line, column) if part)
        super().__init__(f"{where}: {message}" if where else message, code=code)


class UnreadableInput(StratlintError):
    """A document that cannot be read: exit code 3.

    ``code`` is one of ``missing``, ``empty``, ``encrypted``, ``damaged``, ``wrong-type``,
    ``no-text``, ``too-many-pages``, ``too-much-text``, ``decompression``, ``timeout``,
    ``memory`` or ``lost-worker``.
    """


_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACE = "Zs"


def shown(name: str | os.PathLike[str]) -> str:
    r"""A name as it may stand in any output: one line, every odd character as its escape.

    Control and direction characters become ``\x1b`` or ``\u202e``, and bytes that are not UTF-8
    ``\xff``. A backslash in a name is doubled, so that two names never look like one.
    """
    text = os.fspath(name)
    if os.sep == "/":
        text = text.replace("\\", "\\\\")
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escape, text))


def shortened(message: str) -> str:
    """A message within what anybody reads, be what it quotes a whole file."""
    if len(message) <= _LONGEST:
        return message
    return f"{message[: _LONGEST * 2 // 3]} … {message[-_LONGEST // 3 :]}"


_LONGEST = 1_500
"""Characters: some fifteen lines of a terminal, with room for a list of regions or rules."""


def safe(text: str, *, lines: bool = True) -> str:
    """Text whose control and direction characters are escaped as in a name.

    Without ``lines`` line breaks and tabs are, too.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "\n\t" if lines else ""
    return "".join(c if c in kept else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        # Python's stand-in for a byte of a file name that is not UTF-8.
        return f"\\x{code - 0xDC00:02x}"
    plain = character.isprintable() or unicodedata.category(character) == _SPACE
    if plain and character not in _DIRECTION:
        return character
    kind, digits = ("x", 2) if code < 0x100 else ("u", 4) if code < 0x10000 else ("U", 8)
    return f"\\{kind}{code:0{digits}x}"
