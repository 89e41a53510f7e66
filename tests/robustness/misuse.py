"""Wrong uses of the command line, made of its own parameters: ``make misuse``.

    python -m tests.robustness.misuse [--every N] [--first N] [--only COMMAND] [--log FILE]

Each parameter of each command is given each wrong thing of its kind. A use passes when it ends
by itself with one of the documented exit codes, prints no traceback and no control character,
says something a person can act on when it is refused, names the thing that was wrong, and leaves
every input as it was. A use runs in a child that must not read what its owner may not, though
the tests may run as root.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from stratlint.cli import COMMANDS, main
from stratlint.cli.common import Target
from stratlint.errors import shown
from tests.robustness import wrong

SECONDS = 120.0
"""No wrong use may take longer; most take a tenth of a second."""
SERVING = 4.0
"""Seconds after which a page or an editor's server that began counts as let in."""
_FINE = (0, 1, 2, 3)
_REFUSED = (2, 3)


class Use(NamedTuple):
    """One wrong use: what must be named where it is refused, and whether it must be."""

    name: str
    words: tuple[str, ...]
    named: tuple[str, ...] = ()
    refused: bool = False
    environment: tuple[tuple[str, str | None], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


class Outcome(NamedTuple):
    """What a use came to."""

    code: int
    out: str
    err: str
    seconds: float


# ------------------------------------------------------------------------------- making the uses


def uses() -> Iterator[Use]:
    """Every wrong use."""
    for name, base in wrong.BASES.items():
        yield from _of_command(name, base, _command(name))
    for line in wrong.TOGETHER:
        yield Use(f"together: {line}", tuple(line.split()))
    yield from _of_settings()


def _command(name: str) -> click.Command:
    first, _, second = name.partition(" ")
    found: click.Command = importlib.import_module(f"stratlint.cli.{first}").command
    if second:
        assert isinstance(found, click.Group)
        found = found.commands[second]
    return found


def _of_command(name: str, base: tuple[str, ...], command: click.Command) -> Iterator[Use]:
    size = len(name.split())
    yield Use(f"{name}: nothing given", base[:size])
    yield Use(
        f"{name}: an unknown option", (*base, "--no-such-option"), ("--no-such-option",), True
    )
    yield Use(f"{name}: too much", (*base, *["surplus.md"] * 3))
    for param in command.params:
        odd = tuple(_odd(param))
        if isinstance(param, click.Argument):
            for what, value, refused in odd:
                words = (*base[:size], value, *base[size + 1 :])
                # After '--' nothing is an option; a value that begins with '-' is one. Alone it is
                # no argument, where none need be given.
                refused = refused and (value != "--" or param.required)
                yield Use(f"{name} {param.name}: {what}", words, _named(param, value), refused)
            continue
        flag = max(param.opts, key=len)
        if getattr(param, "is_flag", False):
            if not param.secondary_opts and not getattr(param, "count", False):
                yield Use(f"{name} {flag}: a value", (*base, f"{flag}=yes"), (flag,), True)
            continue
        yield Use(f"{name} {flag}: no value", (*base, flag), (flag,), True)
        for what, value, refused in odd:
            words = (*_without(base, param.opts), flag, value)
            if value.startswith("-"):
                words = (*_without(base, param.opts), f"{flag}={value}")
            yield Use(f"{name} {flag}: {what}", words, _named(param, value), refused)


def _odd(param: click.Parameter) -> Iterator[tuple[str, str, bool]]:
    """The wrong things for the kind of a parameter."""
    kind = param.type
    if isinstance(kind, Target):
        table = wrong.ODD_TARGETS
    elif isinstance(kind, click.Path):
        table = wrong.ODD_INPUTS
    elif isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        table = wrong.ODD_NUMBERS
    elif isinstance(kind, click.Choice | click.DateTime):
        table = {what: (value, True) for what, (value, _) in wrong.ODD_WORDS.items()}
    else:
        table = wrong.ODD_WORDS
    # A file that may be there or not, and is written where it is not; one beside which settings
    # are looked for, and that nobody reads.
    made = param.name in ("write_baseline", "target", "near")
    for what, (value, refused) in table.items():
        yield what, value, refused and not made


def _named(param: click.Parameter, value: str) -> tuple[str, ...]:
    """What a refusal may name: the parameter, or the value as it is shown; any of them will do."""
    last = value.rstrip("/").rpartition("/")[2] if value.strip("/.") else value
    words = (param.name or "").split("_")
    names = [*param.opts, " ".join(words), "_".join(words), words[-1], "'param'"]
    names += [(param.metavar or param.name or "").upper().strip("[]."), shown(last)[:40]]
    names += [shown(value)[:40] or "''"]
    # What the system cannot make may be a folder above; '--' is no value to anybody, and of
    # '..' what lies in it is told.
    names += value.split("/")[:-1] if value.count("/") == 1 else []
    names += [str(int(value))] if value.isdigit() and not value.isascii() else []
    if value in ("--", ".."):
        return ()
    return tuple(name for name in names if name)


def _without(base: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """A base without an option that is given wrongly beside it."""
    kept = list(base)
    for name in names:
        if name in kept:
            at = kept.index(name)
            del kept[at : at + 2]
    return tuple(kept)


def _of_settings() -> Iterator[Use]:
    """Each setting wrong in a settings file and in the environment."""
    from stratlint.run.settings import PREFIX, Limits, Settings

    values = ("[1, 2", "no-such-thing", "-1", "{a: b}", "1e999", ".nan", "'\\e[31m'")
    for field in (*Settings.model_fields, *(f"limits.{f}" for f in Limits.model_fields)):
        outer, _, inner = field.partition(".")
        for value in values:
            text = f"{outer}:\n  {inner}: {value}\n" if inner else f"{outer}: {value}\n"
            yield Use(
                f"settings file {field}: {value}",
                ("check", "plan.md", "--fail-on", "never"),
                (outer, inner or outer, "stratlint.yaml", value),
                files=(("stratlint.yaml", text),),
            )
            if not inner:
                variable = PREFIX + outer.upper()
                yield Use(
                    f"environment {variable}: {value}",
                    ("config",),
                    (variable, outer, value),
                    environment=((variable, value),),
                )


# ------------------------------------------------------------------------------- running a use


class Desk:
    """The folder in which uses run, and the hashes of what they must leave alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir()
        wrong.lay(self.work)
        self.before = _state(self.work)

    def run(self, use: Use) -> Outcome:
        """Run one use in a child of its own and wait for it."""
        for name, text in use.files:
            (self.work / name).write_text(text, encoding="utf-8")
        out, err = self.folder / "out", self.folder / "err"
        out.write_bytes(b"")
        err.write_bytes(b"")
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            self._be(use, out, err)
        code = self._wait(child, use, err, begun)
        for name, _ in use.files:
            (self.work / name).unlink()
        return Outcome(
            code,
            out.read_text("utf-8", "backslashreplace"),
            err.read_text("utf-8", "backslashreplace"),
            time.monotonic() - begun,
        )

    def _wait(self, child: int, use: Use, err: Path, begun: float) -> int:
        serves = use.words[:1] in (("serve",), ("lsp",))
        while True:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            spent = time.monotonic() - begun
            opened = serves and (b"Open http" in err.read_bytes() or spent > SERVING * 3)
            if opened or spent > SECONDS:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGTERM if opened else signal.SIGKILL)
                if opened:
                    time.sleep(0.5)
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return 0 if opened else -signal.SIGKILL
            time.sleep(0.005)

    def _be(self, use: Use, out: Path, err: Path) -> None:
        """Be the child: never returns."""
        code = 70
        try:
            os.setsid()
            for number, path, mode in ((0, "/dev/null", os.O_RDONLY), (1, out, os.O_RDWR)):
                os.dup2(os.open(path, mode), number)
            os.dup2(os.open(err, os.O_RDWR), 2)
            os.chdir(self.work)
            os.environ["STRATLINT_CACHE_DIR"] = str(self.folder / "cache")
            for name, value in use.environment:
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
            _be_nobody_special()
            code = int(main(list(use.words)))
            sys.stdout.flush()
            sys.stderr.flush()
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 71
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)

    def changed(self) -> list[str]:
        """What is not as it was laid out; it is laid out again."""
        now = _state(self.work)
        for name in sorted(now.keys() - self.before.keys(), reverse=True):
            path = self.work / name
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        wrongly = [n for n, state in self.before.items() if now.get(n) != state]
        if wrongly:
            self.__init__(Path(tempfile.mkdtemp(dir=self.folder)))  # type: ignore[misc]
        return wrongly


def _state(folder: Path) -> dict[str, str]:
    """Every file that was laid out, with its content's hash or what it is instead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_dir():
            found[name] = "a folder"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _be_nobody_special() -> None:
    """Give up root's right to read and write everything; its children have it neither."""
    if os.geteuid() != 0 or not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    drop_bounding, override, read_search = 24, 1, 2
    for right in (override, read_search):
        libc.prctl(drop_bounding, right, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, held) == 0
    for at in (0, 1):
        held[at] &= ~(1 << override | 1 << read_search)
    assert libc.capset(header, held) == 0


# ------------------------------------------------------------------------------------- judging

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SAID = re.compile(
    r"stratlint: error: .|^Error: .|not read: .|not classified|: error: |fault|could not be read"
    r"|: there is no |warning: |Usage: ",
    re.MULTILINE,
)


def faults(use: Use, done: Outcome) -> Iterator[str]:
    """What is wrong with how a use ended."""
    said = done.err + done.out
    if "Traceback (most recent" in said or "Exception ignored" in said:
        yield "a traceback"
    if done.code not in _FINE:
        yield f"exit code {done.code}"
    if _CONTROL.search(said):
        yield f"a control character {_CONTROL.search(said)!r}"
    if done.code in _REFUSED:
        if not _SAID.search(said):
            yield "refused without a word"
        elif use.named and not any(n.casefold() in said.casefold() for n in use.named):
            yield f"what was wrong is not named (none of {use.named})"
        if max(map(len, done.err.splitlines()), default=0) > 3_000:
            yield "a line of more than 3,000 characters"
    if use.refused and done.code not in _REFUSED:
        yield f"let in with exit code {done.code}"


def run_all(every: int, only: str, log: Path | None, first: int = 0) -> int:
    """Run one in so many uses; say how they ended, and return how many faults there are."""
    chosen = [u for u in uses() if only in u.name][first::every]
    found: list[str] = []
    codes: Counter[int] = Counter()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for use in chosen:
            done = desk.run(use)
            codes[done.code] += 1
            wrongly = [*faults(use, done), *(f"changed {n}" for n in desk.changed())]
            for fault in wrongly:
                found.append(f"{use.name}: {fault}")
                sys.stdout.write(f"FAULT {found[-1][:300]!r}\n")
                sys.stdout.flush()
            last = "".join((done.err.strip() or done.out.strip()).splitlines()[-1:])[:400]
            lines.append(f"{use.name!r:.120}\t{done.code}\t{done.seconds:.2f}\t{last}")
            if log is not None:
                log.write_text("\n".join(lines) + "\n", "utf-8", "backslashreplace")
        for path in Path(folder).rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
    ends = ", ".join(f"{count} with {code}" for code, count in sorted(codes.items()))
    sys.stdout.write(f"{len(chosen)} wrong uses: {ends}; {len(found)} faults\n")
    return len(found)


def cli() -> int:
    """Run from the command line: 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--every", type=int, default=1, help="one in so many")
    parser.add_argument("--first", type=int, default=0, help="go on with this one, from 0")
    parser.add_argument("--only", default="", help="those whose name holds this")
    parser.add_argument("--log", type=Path, help="where a line for each use is written")
    options = parser.parse_args()
    assert {name.split()[0] for name in wrong.BASES} == set(COMMANDS)
    return min(1, run_all(options.every, options.only, options.log, options.first))


if __name__ == "__main__":
    sys.exit(cli())
