"""The compiled part of the reader: built where there is a C compiler, left out and said where not.

``STRATLINT_PURE=1`` leaves it out on purpose, for a wheel that serves every machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_HOME = "src/stratlint/documents/pdf"


class CompiledPart(BuildHookInterface):
    """Compiles ``_questions.c`` for Python's stable ABI: one build serves Python 3.11 and later."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the compiled module into the wheel, or beside its source for an editable one."""
        home = Path(self.root, _HOME)
        for old in [*home.glob("_questions*.so"), *home.glob("_questions*.pyd")]:
            old.unlink()
        try:
            built = _compiled(home / "_questions.c", Path(self.root, "build", "compiled"))
        except (Exception, SystemExit) as error:
            why = str(error).strip() or type(error).__name__
            self.app.display_warning(
                f"stratlint is built without its compiled part ({why}); it reads the same, slower."
            )
            return
        if version == "editable":
            shutil.copy(built, home)
            return
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{platform}"
        build_data["force_include"][str(built)] = f"stratlint/documents/pdf/{built.name}"


def _compiled(source: Path, folder: Path) -> Path:
    """The module, built by setuptools, which knows the compiler of each platform."""
    if os.environ.get("STRATLINT_PURE"):
        raise RuntimeError("STRATLINT_PURE is set")
    if sys.implementation.name != "cpython":
        raise RuntimeError(f"{sys.implementation.name} has no stable ABI of CPython's")
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    module = Extension("_questions", [str(source)], py_limited_api=True)
    command = build_ext(Distribution({"name": "stratlint", "ext_modules": [module]}))
    command.build_lib, command.build_temp = str(folder), str(folder / "objects")
    command.ensure_finalized()
    command.run()
    return Path(command.get_outputs()[0])
