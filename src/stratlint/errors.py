"""Errors that say what was seen, where, and what to do."""

from __future__ import annotations


class StratlintError(Exception):
    """Base of every error that stratlint raises on purpose.

    ``code`` is short and stable; the message is one a person can act on.
    """

    def __init__(self, message: str, *, code: str = "error") -> None:
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
