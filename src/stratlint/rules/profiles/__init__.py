"""Descriptions of one document on one question, with their evidence and never as a grade."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stratlint.rules.profiles import cities, journey, leadership, network, rural, themes

if TYPE_CHECKING:
    from stratlint.records import Profile
    from stratlint.rules.view import View
    from stratlint.rules.world import World


def profiles_of(view: View, world: World) -> Iterable[Profile]:
    """Every profile of one document, in a fixed order."""
    # The questions ask rules, which ask profiles: known only once all of these are.
    from stratlint.rules.profiles import questions

    for module in (journey, leadership, cities, rural, network, themes, questions):
        yield module.profile(view, world)
