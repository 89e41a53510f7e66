"""Whether a document has figures of about its own time, and of its own size."""

from __future__ import annotations

from stratlint.rules.check import CannotRunError
from stratlint.rules.claims.voice import is_of_its_region
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World, in_time

LARGER = (
    "about a part of its region that is not known, and the region's figures are not its own; "
    "name the part with 'area:' or --area"
)


def untimely(view: View, world: World, apart: int) -> str | None:
    """Why no figure can judge a document, or None where one at least can.

    There are none for its region, all are further than ``apart`` years from its own, or all are
    those of a region that is larger than what the document is about: a rule on figures that then
    finds nothing has not looked.
    """
    own = [q for q in world.context.quotients if q.region == view.document.place]
    if not own:
        return f"no figures for {view.document.place or 'a document without a region'}"
    if is_of_a_smaller_area(view, world):
        return LARGER
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


def is_of_a_smaller_area(view: View, world: World) -> bool:
    """Whether a document is about a part of a region that nobody knows by name.

    Regions of tables of one's own are of any size, so none is too large for its documents.
    """
    region = view.region
    if view.document.area is not None or region is None or not world.knows_region(region):
        return False
    return not is_of_its_region(view)
