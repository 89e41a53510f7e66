"""stratlint: does this regional strategy fit its place, or does it copy everybody else's?"""

from stratlint._version import __version__

__all__ = ["__version__"]
