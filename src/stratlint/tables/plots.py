"""The pictures of a result as matplotlib axes: ``result.plot.matrix()`` and its neighbours.

Each takes ``ax``, an axes to draw on, and gives back the axes it drew on, so that titles, sizes
and colours are the caller's to change. What a picture shows is in the frame of the same name.
"""

from __future__ import annotations

from importlib.util import find_spec
from math import log2
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from stratlint.errors import UsageError
from stratlint.evidence.marks import AVERAGE, NOTABLE, STRONG
from stratlint.records import AuditResult, DocumentAnalysis
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.index import Index

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CLAIM, STRENGTH, INK, QUIET, LINE = "#b5541c", "#11706a", "#0b0c0c", "#6b6c6c", "#cecece"
"""The report's colours: claim and strength differ in lightness and for the colour-blind."""

_GAPS = {
    Gap.SUPPORTED: "#7fb8b1",
    Gap.AVERAGE: "#d5e5e1",
    Gap.UNSUPPORTED: "#f0b691",
    Gap.UNSURE: "#e4e4e4",
    Gap.UNMEASURED: "#e4e4e4",
    Gap.MISSED: "#ffffff",
    Gap.NONE: "#ffffff",
}
Measure: TypeAlias = Literal["jaccard", "overlap", "text", "jensen_shannon", "structure"]
_MEASURES: dict[str, str] = {
    "jaccard": "Shared priorities over all of the two (Jaccard)",
    "overlap": "Shared priorities over the smaller list",
    "text": "Likeness of wording, names masked (cosine)",
    "jensen_shannon": "Difference of wording, bits (Jensen–Shannon)",
    "structure": "Distance of the economies (Krugman)",
}


class Plots:
    """The pictures of one result. Every method takes ``ax`` and returns the axes it drew on."""

    def __init__(self, result: AuditResult) -> None:
        """Raises UsageError where matplotlib is not installed."""
        if find_spec("matplotlib") is None:
            raise UsageError("plots need matplotlib: pip install 'stratlint[plot]'")
        self._index = Index(result)

    def __repr__(self) -> str:
        """The pictures that there are."""
        return "plots: matrix, popularity, claim_vs_strength, similarity, keyness(region)"

    def matrix(self, ax: Axes | None = None) -> Axes:
        """Sectors down, documents across: rank of the choice, and the LQ in small letters.

        Colours are those of the report; a dashed frame is a strength that is not chosen.
        """
        index, sectors = self._index, self._index.matrix_sectors
        documents = index.ordered
        ax = _axes(ax, max(7, 3.2 + 0.72 * len(documents)), 2.6 + 0.36 * len(sectors))
        used: set[Gap] = set()
        for x, analysis in enumerate(documents):
            for y, sector in enumerate(sectors):
                priority, quotient = analysis.priority(sector), index.quotient(analysis, sector)
                found = gap(priority is not None, quotient)
                used.add(found)
                _cell(ax, x, y, _GAPS[found], dashed=found is Gap.MISSED)
                if priority is not None:
                    ax.text(x - 0.12, y, str(priority.rank), ha="right", va="center", size=9)
                if quotient is not None and found is not Gap.NONE:
                    ax.text(x + 0.42, y, f"{quotient.value:.2f}", ha="right", va="center", size=6.5)
        _names(ax, self._labels(documents), [index.result.sector_name(s) for s in sectors])
        ax.set_title("Rank of each choice, and its location quotient", loc="left", size=11)
        said = {kind.value: kind for kind in Gap if kind in used - {Gap.NONE}}
        if {Gap.UNSURE, Gap.UNMEASURED} <= used:
            # Both are grey; a figure that is unsure is printed.
            said = {name: k for name, k in said.items() if k is not Gap.UNMEASURED}
            said["chosen, figures unsure or none"] = said.pop(Gap.UNSURE.value)
        swatches = [
            _swatch(_GAPS[kind], name, dashed=kind is Gap.MISSED) for name, kind in said.items()
        ]
        if swatches:
            # Below the frame, which names of documents at the top leave free.
            ax.legend(
                handles=swatches,
                loc="upper left",
                bbox_to_anchor=(0, -0.01),
                # Three stand side by side below nine documents and more.
                ncols=3 if len(documents) > 8 else 2,
                frameon=False,
                fontsize=8,
            )
        return ax

    def popularity(self, ax: Axes | None = None, *, most: int = 24) -> Axes:
        """How many documents choose each of the ``most`` popular sectors.

        The orange part of a bar are those whose location quotient is reliable and below 1.
        """
        from matplotlib.ticker import MaxNLocator

        index = self._index
        found = []
        for sector in index.sectors:
            held = [a for a in index.ordered if a.priority(sector)]
            weak = sum(gap(True, index.quotient(a, sector)) is Gap.UNSUPPORTED for a in held)
            found.append((len(held), weak, index.result.sector_name(sector)))
        found = sorted(found, key=lambda row: (-row[0], row[2]))[:most]
        ax = _axes(ax, 7.5, 1.3 + 0.28 * len(found))
        places = range(len(found))
        others, below = [n - w for n, w, _ in found], [w for _, w, _ in found]
        ax.barh(places, others, color=STRENGTH, height=0.7, label="others, or no sure figure")
        ax.barh(places, below, left=others, color=CLAIM, height=0.7, label="location quotient < 1")
        ax.set_yticks(list(places), [_short(name, 44) for *_, name in found])
        ax.invert_yaxis()
        _plain(ax)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel(f"documents that choose it, of {len(index.ordered)}")
        ax.set_title("How many choose each sector", loc="left", size=11)
        ax.legend(frameon=False, fontsize=8, loc="lower right")
        return ax

    def claim_vs_strength(self, ax: Axes | None = None, *, named: int = 8) -> Axes:
        """Each choice: its share of the document's commitment over its location quotient.

        Only reliable quotients, on a scale of halves and doubles. The ``named`` choices that claim
        most with least behind them have their names.
        """
        index = self._index
        points: list[tuple[float, float, str]] = []
        for analysis in index.ordered:
            total = sum(p.score for p in analysis.priorities)
            for priority in analysis.priorities:
                quotient = index.quotient(analysis, priority.sector)
                if quotient is not None and quotient.reliable and total > 0 and quotient.value > 0:
                    name = index.result.sector_name(priority.sector)
                    label = f"{_short(name, 26)}, {index.label(analysis.document.source)}"
                    points.append((quotient.value, priority.score / total, label))
        ax = _axes(ax, 9.5, 4.8)
        for side, colour, marker, kept in (
            ("location quotient 1.0 or more", STRENGTH, "o", [p for p in points if p[0] >= 1]),
            ("below 1.0", CLAIM, "D", [p for p in points if p[0] < 1]),
        ):
            if kept:
                xs, ys, _ = zip(*kept, strict=True)
                ax.scatter(xs, ys, s=26, c=colour, marker=marker, alpha=0.8, lw=0, label=side)
        weak = sorted((p for p in points if p[0] < 1), key=lambda p: -p[1] / p[0])[:named]
        ax.set_xscale("log", base=2)
        if weak:
            # Names stand left of their points: two octaves hold most of them.
            ax.set_xlim(left=min(x for x, *_ in weak) / 5)
            _name_points(ax, weak, most=max(y for _, y, _ in points))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        for mark, style in ((AVERAGE, "-"), (NOTABLE, ":"), (STRONG, ":")):
            ax.axvline(mark, color=QUIET if mark == AVERAGE else LINE, ls=style, lw=1, zorder=0)
        ax.set_ylim(bottom=0)
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.set_xlabel("location quotient (place's share of the industry over the nation's)")
        ax.set_ylabel("share of the document's commitment")
        ax.set_title("Claim against strength", loc="left", size=11)
        _plain(ax)
        if points:
            ax.legend(frameon=False, fontsize=8, loc="lower left")
        return ax

    def similarity(self, ax: Axes | None = None, *, measure: Measure = "jaccard") -> Axes:
        """A measure of each pair of documents, like beside like.

        ``measure`` is a column of ``frames.similarity``. Pairs whose shared priorities chance does
        not explain (p below .05, corrected for all pairs) have a frame. Raises ValueError for
        another measure.
        """
        if measure not in _MEASURES:
            raise ValueError(f"there is no measure '{measure}'; there are {', '.join(_MEASURES)}")
        index = self._index
        documents = index.ordered
        ax = _axes(ax, max(6, 3.2 + 0.62 * len(documents)), 2.8 + 0.5 * len(documents))
        comparison = index.result.comparison
        values: dict[frozenset[str], tuple[float, bool]] = {}
        for pair in comparison.similarities if comparison else ():
            value = getattr(pair, measure)
            if value is not None:
                values[frozenset((pair.a, pair.b))] = value, index.unusual(pair)
        most = max((value for value, _ in values.values()), default=1.0) or 1.0
        for y, first in enumerate(documents):
            for x, second in enumerate(documents[:y]):
                key = frozenset((first.document.source, second.document.source))
                if key in values:
                    value, unusual = values[key]
                    _cell(ax, x, y, _shade(value / most), dashed=unusual)
                    ink = "white" if value / most > 0.6 else INK
                    ax.text(x, y, f"{value:.2f}", ha="center", va="center", size=8, color=ink)
        labels = self._labels(documents)
        _names(ax, labels, labels)
        if len(documents) > 1:
            # The first row and the last column hold nothing below the diagonal.
            ax.set_xlim(-0.5, len(documents) - 1.5)
            ax.set_ylim(len(documents) - 0.5, 0.5)
        ax.set_title(_MEASURES[measure], loc="left", size=11)
        return ax

    def keyness(self, region: str, ax: Axes | None = None, *, most: int = 20) -> Axes:
        """The words that mark one document off from the others, with their counts.

        ``region`` is the name of a document as the frames have it: its region or area, or its file.
        Words whose corrected p is .05 or more are pale. Raises ValueError for an unknown name.
        """
        index = self._index
        analysis = index.analysis(region) or self._labelled(region)
        if analysis is None:
            known = ", ".join(index.label(a.document.source) for a in index.ordered)
            raise ValueError(f"there is no document '{region}'; there are {known}")
        words = index.keywords.get(analysis.document.source, ())
        words = tuple(sorted(words, key=lambda k: (-k.z, k.word))[:most])
        ax = _axes(ax, 7, 1.3 + 0.27 * max(4, len(words)))
        colours = [STRENGTH if k.p_adjusted < 0.05 else "#a9cdc9" for k in words]
        ax.barh(range(len(words)), [k.z for k in words], color=colours, height=0.7)
        for place, k in enumerate(words):
            counts = f" {k.count}, elsewhere {k.reference_count}"
            ax.text(k.z, place, counts, va="center", size=7, color=QUIET)
        ax.set_yticks(range(len(words)), [k.word for k in words])
        if not words:
            said = "no word occurs often enough to mark it off"
            ax.text(0.02, 0.5, said, transform=ax.transAxes, size=9, color=QUIET)
        # A bar stays a bar where there are few of them.
        ax.set_ylim(max(4, len(words)) - 0.5, -0.5)
        # Room for the counts behind the longest bar.
        ax.set_xlim(0, 1.25 * max((k.z for k in words), default=1.0))
        ax.set_xlabel("log-odds against the other documents, in standard deviations (z)")
        title = f"Words of {index.label(analysis.document.source)}"
        ax.set_title(title, loc="left", size=11)
        _plain(ax)
        return ax

    def _labels(self, documents: tuple[DocumentAnalysis, ...]) -> list[str]:
        return [_short(self._index.label(a.document.source), 30) for a in documents]

    def _labelled(self, name: str) -> DocumentAnalysis | None:
        """A document by its name in any case, or by what it is called where two share a region."""
        index, wanted = self._index, name.casefold()
        return next(
            (
                a
                for a in index.ordered
                if wanted in (index.label(a.document.source).casefold(), a.name.casefold())
            ),
            None,
        )


def _axes(ax: Axes | None, width: float, height: float) -> Any:
    """The axes to draw on; new ones are laid out to hold their words, whatever their length."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def _cell(ax: Any, x: int, y: int, colour: str | tuple[float, ...], *, dashed: bool) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, fc=colour, ec="white", lw=1))
    if dashed:
        frame = Rectangle((x - 0.43, y - 0.43), 0.86, 0.86, fc="none", ec=INK, lw=1, ls="--")
        ax.add_patch(frame)


def _swatch(colour: str, label: str, *, dashed: bool) -> Any:
    from matplotlib.patches import Patch

    return Patch(fc=colour, ec=INK if dashed else LINE, ls="--" if dashed else "-", label=label)


def _names(ax: Any, across: list[str], down: list[str]) -> None:
    """Names of columns above and of rows at the left, without a frame."""
    ax.set_xlim(-0.5, max(len(across), 1) - 0.5)
    ax.set_ylim(max(len(down), 1) - 0.5, -0.5)
    ax.set_xticks(range(len(across)), across, rotation=45, ha="left", rotation_mode="anchor")
    ax.set_yticks(range(len(down)), [_short(name, 44) for name in down])
    ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0, labelsize=8)
    ax.spines[:].set_visible(False)


def _name_points(ax: Any, points: list[tuple[float, float, str]], most: float) -> None:
    """Names left of points, a line lower where another name would be covered.

    The room of a letter and of a line are measured on the size that the picture has by itself.
    """
    letter, line = 0.044, most * 0.035
    taken: list[tuple[float, float, float]] = []
    for x, y, label in sorted(points, key=lambda p: -p[1]):
        right = log2(x) - 0.07
        left, lower = right - letter * len(label), y
        while any(left < r and right > e and abs(lower - at) < line for e, r, at in taken):
            lower -= line / 2
        taken.append((left, right, lower))
        ax.text(2**right, lower, label, ha="right", va="center", size=7, color=INK)


def _plain(ax: Any) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=8)


def _shade(share: float) -> tuple[float, ...]:
    """From white to the colour of strength."""
    strong = (0x11 / 255, 0x70 / 255, 0x6A / 255)
    return tuple(1 - share * (1 - part) for part in strong)


def _short(name: str, most: int) -> str:
    """A name that leaves room for the picture; a dollar would begin a formula."""
    cut = name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
    return cut.replace("$", r"\$")
