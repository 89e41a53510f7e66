"""What workers share is loaded once, and leaves nothing behind that others would stumble over."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import stratlint.run.preload
assert "spacy" in sys.modules and "spacy.cli" not in sys.modules
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
import spacy.cli
assert callable(spacy.cli.download)
"""


def test_spacy_is_loaded_without_its_commands_and_has_them_when_they_are_asked_for() -> None:
    subprocess.run([sys.executable, "-c", CODE], check=True, timeout=120)
