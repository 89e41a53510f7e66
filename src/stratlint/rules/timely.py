"""Whether a region has figures of about a document's own time, and of its own size."""

from __future__ import annotations

import re

from stratlint.records import Quotient
from stratlint.rules.check import CannotRunError
from stratlint.rules.claims.voice import is_of_a_region
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World, in_time


def untimely(view: View, world: World, apart: int) -> str | None:
    """Why no figure can judge a document, or None where one at least can.

    There are none for its region, or all are further than ``apart`` years from its own: a rule
    on figures that then finds nothing has not looked.
    """
    own = [q for q in world.context.quotients if q.region == view.document.place]
    if not own:
        return f"no figures for {view.document.place or 'a document without a region'}"
    year = view.document.year
    if year is None or any(in_time(quotient, view, apart) for quotient in own):
        return None
    nearest = min((q.year for q in own), key=lambda known: abs(known - year))
    return (
        f"the nearest figures ({nearest}) are more than {count(apart, 'year')} from the document "
        f"({year})"
    )


def require_figures(view: View, world: World, apart: int) -> None:
    """Raise CannotRunError where :func:`untimely` has a reason."""
    reason = untimely(view, world, apart)
    if reason:
        raise CannotRunError(reason)


_FRONT = 200
"""Characters at the beginning of a text in which it says whose it is: title, subtitle, body."""
_A_PART = re.compile(r"\b(?:boroughs?|districts?|county|unitary|parish)\b", re.IGNORECASE)


def of_another_size(view: View, quotient: Quotient) -> bool:
    """Whether a region's quotient stands in for that of a smaller area, as far as a text tells.

    It is of the region where its title or beginning names that and no district or county.
    """
    if quotient.level != "region" or not view.document.title or is_of_a_region(view):
        return False
    front = f"{view.document.title}\n{view.document.text[:_FRONT]}"
    named = (view.region or "").casefold() in front.casefold()
    return not named or _A_PART.search(front) is not None
