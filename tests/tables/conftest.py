"""The results that the reporters' tests read."""

from tests.reporting.conftest import empty as empty
from tests.reporting.conftest import hostile as hostile
from tests.reporting.conftest import result as result
