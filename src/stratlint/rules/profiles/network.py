"""The functional region in the text: which places it ties together, inside and beyond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from stratlint.records import Profile
from stratlint.rules.profiles.ties import partner_places
from stratlint.rules.view import View
from stratlint.rules.wording import count, listing
from stratlint.rules.world import World


def profile(view: View, world: World) -> Profile:
    """Named partner places as nodes; edges between places of one sentence, with counts."""
    ties = partner_places(view, world)
    regions = {tie.name: (tie.region, tie.inside) for tie in ties}
    counts = Counter(tie.name for tie in ties)
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in {tie.sentence for tie in ties}:
        names = sorted({tie.name for tie in ties if tie.sentence == sentence})
        pairs.update(combinations(names, 2))
    inside = sorted(name for name in counts if regions[name][1])
    beyond = sorted(name for name in counts if regions[name][1] is False)
    unknown = sorted(name for name in counts if regions[name][1] is None)
    if not counts:
        value = "no partner places named"
    elif unknown:
        value = "inside or beyond the boundary is not known"
    elif not beyond:
        value = "inside the boundary only"
    else:
        value = "reaches beyond the boundary"
    first = {tie.name: tie for tie in reversed(ties)}
    shown = [first[name] for name in (*beyond[:3], *inside[:2], *unknown[:3])]
    return Profile(
        kind="network",
        document=view.source,
        value=value,
        summary=_summary(inside, beyond, unknown),
        facts={
            "nodes": [
                {"name": n, "region": regions[n][0], "inside": regions[n][1], "count": counts[n]}
                for n in sorted(counts)
            ],
            "edges": [{"a": a, "b": b, "count": pairs[a, b]} for a, b in sorted(pairs)],
            "inside": inside,
            "beyond": beyond,
            "unknown": unknown,
        },
        quotations=tuple(view.quote(tie.start, tie.end) for tie in shown),
    )


def _summary(inside: Sequence[str], beyond: Sequence[str], unknown: Sequence[str]) -> str:
    begin = "Where it speaks of working together, the text names"
    if unknown:
        return (
            f"{begin} {listing(unknown[:6])}. The gazetteer does not know the places of this "
            "region, so nothing is said of what lies inside or beyond it."
        )
    named = f" ({', '.join(beyond[:6])})" if beyond else ""
    return (
        f"{begin} {count(len(inside), 'place') if inside else 'no places'} inside the boundary and "
        f"{len(beyond) or 'none'} beyond it{named}."
    )
