from __future__ import annotations

import pytest

from stratlint.rules.cases import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()
