"""Weigh the declarations of a document together, and what it undertakes without declaring.

No declaration shuts out the others. Every place that chooses a sector has signs, and so has the
document as a whole; each sign has points (``rules/language/choosing.yaml``), and a sector with one
point is chosen. Lists, tables and headings that choose speak for themselves; a single sentence
needs more: a second place, the document's own voice in so many words, the classifier's word, a
chapter or a budget of its own. A refusal in the document's own voice takes a sector out, unless
surer declarations choose it; what others chose, what was chosen once and what is only asked counts
for nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from stratlint.language.commitment.decide import ABOUT
from stratlint.language.commitment.short import SHORT
from stratlint.priorities.chapters import Chapters
from stratlint.priorities.listless import is_open, says_none
from stratlint.priorities.points import Added, Place, Sign
from stratlint.priorities.reasons import Weight, added, alone, at, counted, shown
from stratlint.priorities.speakers import Speakers
from stratlint.priorities.treatment import likelihoods, shipped_treatment
from stratlint.priorities.treatment import words as treatment_words
from stratlint.records import Commitment, Form, Kind, Polarity, Role, Voice
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stratlint.priorities.reasons import Reason
    from stratlint.priorities.treatment import TreatmentModel
    from stratlint.records import Declaration, Document, Member, Mention, Sentence

AGREES = 0.65
"""Probability of a sentence's member, half of it the classifier's, from which the two agree."""
LONG = 300
"""Sentences of a usual strategy, from which each doubling asks for more."""
MOST, MOST_SHORT = 2.0, 3.0
"""Most undeclared mentions that count, in long texts and in short ones."""
STRONG = 0.75
"""Probability from which an undeclared mention counts twice."""
LEAST_CONFIRMED = 2
"""Sectors of a group from which a document has said what it chooses."""
MANY = 3
"""Sectors of one sentence, or of headings and lists, that make a list of a document's choices."""
LIKE, UNLIKE = -0.5, -1.5
"""Log-odds of a sector's treatment above which it speaks for a choice, and below which against it.
Set with each author left out, on 106 documents to which the declarations had not been fitted: F1
.70 without treatment, .74 to .75 for points of .3 to .5. The second at -2.0 gains .01 of recall on
157 documents that were read, and costs .05 of precision on 24 that were not; nearer than -1.5
loses lists of twelve sectors."""
SURELY, AMONG = 0.8, -0.6
"""Log-odds of the surest sector from which a document chooses by treatment, and those of the others
that it chooses among. The first decides whether a document chooses so at all: with each author left
out, on 187 documents, at .4 two of 34 that choose nothing are given sectors, at .8 none, precision
is .889 and .900 and recall the same; from .7 to 1.0 F1 is .841 to .844. For the second from -.7 to
-.5 nothing changes by .005; without it F1 of oblique documents falls from .59 to .53."""
MOST_AMONG = 0.5
"""Share of the sectors that a document names that it may so choose: in 38 documents that were given
sectors so .45 at most; a prospectus or a study that describes each sector alike chooses none."""
MOST_FOR, MOST_AGAINST = 3.0, 2.0
"""Most that treatment counts, in log-odds from there."""
DESCRIBED = -0.6
"""Mean log-odds by treatment of a list's sectors below which it may only describe. With each author
left out, 40 of 78 members of lists below -.5 were chosen and 690 of 730 of those above."""
NEARLY = 0.6
"""Points from which treatment may add a sector to several that are chosen without it."""
_BARREN = (Kind.CONSULTATION, Kind.LAND_USE_PLAN, Kind.FUND_REPORT)
"""Kinds of document that dwell on sectors without choosing any: 6 of 8 read ones chose none."""
_OUT = (Polarity.REFUSED, Polarity.DEMOTED)
_OURS = (Voice.OWN, Voice.ADOPTED)
_SENTENCES = (Form.SENTENCE, Form.PARENTHESIS)


class Words(WordFile):
    """``rules/language/priorities/weighing.yaml``."""

    kinds: Wordings
    choices: Wordings


_wordings = words_of("priorities/weighing", Words)


def weigh(
    document: Document,
    sentences: Sequence[Sentence],
    declarations: Sequence[Declaration],
    mentions: Sequence[Mention],
    *,
    kind: Kind | None = None,
    treatment: TreatmentModel | None = None,
) -> dict[str, Weight]:
    """Weigh each sector that is named in a document's own text.

    ``treatment`` is the model to judge by how each is treated, instead of the shipped one.
    """
    model = treatment or shipped_treatment()
    return _Weighing(document, sentences, declarations, mentions, kind, model).weights()


class _Weighing:
    """A document with what is known of it as a whole."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        declarations: Sequence[Declaration],
        mentions: Sequence[Mention],
        kind: Kind | None,
        treatment: TreatmentModel,
    ) -> None:
        self._document, self._declarations, self._mentions = document, declarations, mentions
        self._count = len(sentences)
        self._short = len(sentences) <= SHORT
        self._main = any(_is_listed(d) and len(d.sectors) >= MANY for d in declarations)
        confirmed = [d for d in declarations if d.signs and d.sure and d.chooses]
        self._confirmed = {s for d in confirmed for s in d.sectors}
        if len(self._confirmed) < LEAST_CONFIRMED:
            self._confirmed, confirmed = set(), []
        self._inside = {
            block
            for d in confirmed
            for member in d.members
            if (block := document.block_at(member.start)) is not None
        }
        self._listed = {s for d in declarations if _is_listed(d) for s in d.sectors}
        self._called = {(m.block, m.sector) for m in mentions if m.term != ABOUT}
        """The blocks that call a sector by a name, not only by what stands below them."""
        self._likely = {(m.sector, m.start): m.probability for m in mentions}
        self._chapters = Chapters(document, declarations, mentions)
        self._odds = {} if self._short else likelihoods(treatment, document, sentences, mentions)
        self._starts = [s.start for s in sentences]
        # Entries whose titles name sectors and that are surely the choice outdo such a sentence.
        titled = any(not self._is_untitled(d) for d in confirmed)
        self._listless = not titled and says_none(document.body) is not None
        alike = not titled and not self._main and is_open(document.body)
        self._barren = self._listless or alike or kind in _BARREN
        speakers = Speakers(document.text, is_short=self._short)
        said = (d for d in declarations if d.form in _SENTENCES)
        self._voices = {
            (d.start, d.phrase): speakers.voice(d, is_barren=self._barren) for d in said
        }
        self._together: dict[int, set[str]] = defaultdict(set)
        """The sectors that each sentence chooses, in one declaration or in several."""
        for declaration in declarations:
            if declaration.chooses and declaration.form in _SENTENCES:
                self._together[self._sentence(declaration)].update(declaration.sectors)

    def weights(self) -> dict[str, Weight]:
        """The weight of each sector."""
        chosen: dict[str, dict[int, Reason]] = defaultdict(dict)
        refused: dict[str, dict[int, Reason]] = defaultdict(dict)
        for index, declaration in enumerate(self._declarations):
            against = declaration.polarity in _OUT
            if not declaration.chooses and not (against and declaration.voice in _OURS):
                continue
            side = refused if against else chosen
            for member in declaration.members:
                for sector in member.sectors:
                    place = at(self._place(declaration, member, sector), index)
                    known = side[sector].get(declaration.start)
                    if known is None or place.points > known.points:
                        side[sector][declaration.start] = place
        read = self._undeclared(chosen)
        signs = {} if self._short else self._chapters.signs()
        found = {
            sector: self._weight(
                sector,
                counted(chosen[sector]),
                sum(r.points * r.counted for r in counted(refused[sector])),
                [*read.get(sector, ()), *map(shown, sorted(signs.get(sector, ())))],
            )
            for sector in sorted({m.sector for m in self._mentions})
        }
        if not self._short:
            return self._treated(found)
        if any(weight.is_chosen and weight.declared_by is not None for weight in found.values()):
            return found
        # A short text whose words no frame knows: what is read as a priority is all there is.
        return {
            sector: alone(weight) if sector in read else weight for sector, weight in found.items()
        }

    def _treated(self, found: Mapping[str, Weight]) -> dict[str, Weight]:
        """Weights with what the treatment of each sector says for its choice or against it.

        A document that chooses several sectors in words or layout has said them: there it only
        confirms what is nearly chosen, and must be surer. Of the others, one that plainly chooses
        a sector so chooses more of them, less plainly.
        """
        several = sum(weight.is_chosen for weight in found.values()) >= MANY
        like, nearly = (0.4, NEARLY) if several else (LIKE, 0.0)
        described = self._chapters.described()
        result, means = dict(found), treatment_words().means | described
        likely = self._odds
        open_to = [odds for sector, odds in likely.items() if sector not in means]
        picks = sum(odds > AMONG for odds in open_to) <= MOST_AMONG * len(likely)
        surely = picks and max(open_to, default=UNLIKE) > SURELY
        for sector, odds in likely.items():
            weight = found[sector]
            if odds < UNLIKE and weight.reasons and not self._speaks_for_itself(weight):
                reasons = [shown(Sign.UNTREATED, min(round(UNLIKE - odds, 2), MOST_AGAINST))]
            elif self._barren or sector in means:
                continue
            elif surely and not several and odds > AMONG:
                for_it = min(round(odds - AMONG, 2), MOST_FOR)
                reasons = [shown(Sign.TREATED, for_it), shown(Sign.AMONG)]
            elif (picks or several) and odds > like and weight.chosen >= nearly:
                reasons = [shown(Sign.TREATED, min(round(odds - LIKE, 2), MOST_FOR))]
            else:
                continue
            for reason in reasons:
                weight = added(weight, reason)
            result[sector] = weight
        return result

    def _speaks_for_itself(self, weight: Weight) -> bool:
        """Whether a list in words of choice, or a sentence read as a choice, chooses.

        Of such sentences treatment was right about none.
        """
        told = [(set(reason.signs), reason.declaration) for reason in weight.reasons]
        return any(
            ({Added.OWN, Added.AGREED} <= signs and Added.MANY not in signs)
            or signs & {Place.BESIDE, Place.STRONGLY_BESIDE}
            or (signs == {Place.LIST} and by is not None and self._is_called(weight.sector, by))
            for signs, by in told
        )

    def _is_called(self, sector: str, declaration: int) -> bool:
        """Whether a list in words of choice has an entry that names a sector first."""
        by = self._declarations[declaration]
        return _wordings().choices.search(by.phrase) is not None and any(
            member.sectors[:1] == (sector,) for member in by.members
        )

    def _weight(
        self, sector: str, places: Sequence[Reason], refused: float, seen: Sequence[Reason]
    ) -> Weight:
        reasons = [*places, *seen]
        doublings = math.log2(max(1, self._count) / LONG)
        if doublings > 0 and sector not in self._listed and reasons:
            reasons.append(shown(Sign.LONG, doublings))
        if self._listless and reasons:
            reasons.append(shown(Sign.LISTLESS))
        declared = [place for place in places if place.declaration is not None]
        return Weight(
            sector=sector,
            chosen=round(sum(r.points * r.counted for r in reasons), 3),
            refused=round(refused, 3),
            declared_by=declared[0].declaration if declared else None,
            reasons=tuple(reasons),
        )

    def _place(
        self, declaration: Declaration, member: Member, sector: str
    ) -> Iterator[Place | Added]:
        """The signs of a declaration for one of its members."""
        if declaration.form in _SENTENCES:
            yield from self._said(declaration, member, sector)
            return
        if declaration.form in (Form.MEASURES, Form.OBJECTIVES):
            # Aims that the document counts as its priorities are a list of them; an aim in a
            # sentence is one aim.
            counted = _is_listed(declaration) and member.count is not None
            place = Place.LIST if counted else Place.AIM
        elif self._is_untitled(declaration) and sector not in self._confirmed:
            place = Place.WEAK_LIST if self._short else Place.WEAK_SENTENCE
        elif self._is_in_passing(declaration):
            place = Place.WEAK_SENTENCE
        elif declaration.sure or self._chapters.is_titled(declaration, member):
            place = Place.LIST if len(declaration.sectors) > 1 else Place.SINGLE
        else:
            place = Place.WEAK_LIST
        yield place
        # One row alone is no list of choices, where a document has none either.
        lone = place is Place.SINGLE and not self._short
        if place is not Place.LIST and not lone and self._spare is not None:
            yield self._spare
        if not self._short and self._chapters.is_below(declaration, member):
            yield Added.BELOW
        if place is not Place.AIM and declaration.chooses and self._is_described(declaration):
            yield Added.DESCRIBED

    def _is_described(self, declaration: Declaration) -> bool:
        """Whether a list describes: treated like none, without words of choice or promises.

        One that repeats most of what words of choice name elsewhere chooses too.
        """
        sectors = set(declaration.sectors)
        odds = [self._odds[sector] for sector in sectors if sector in self._odds]
        return (
            len(odds) > 1
            and sum(odds) < DESCRIBED * len(odds)
            and not any(
                other.chooses
                and len(sectors.intersection(other.sectors)) * 2 >= len(sectors)
                and _wordings().choices.search(other.phrase)
                for other in self._declarations
            )
            and not self._chapters.promises(declaration)
        )

    def _is_in_passing(self, declaration: Declaration) -> bool:
        """Whether a long text chooses by a heading alone that names no kind of choice."""
        by_itself = not self._short and _is_alone(declaration)
        return by_itself and not _wordings().kinds.search(declaration.phrase)

    def _is_untitled(self, declaration: Declaration) -> bool:
        """Whether no heading of headings that choose names a sector: themes, not sectors.

        'The four strategic priorities' over 'Employment' and 'Land' choose no sector that is
        named below them.
        """
        blocks = self._document.blocks
        places = ((self._document.block_at(m.start), m.sectors) for m in declaration.members)
        return declaration.form is Form.HEADINGS and not any(
            place is not None
            and blocks[place].role is Role.HEADING
            and any((place, sector) in self._called for sector in sectors)
            for place, sectors in places
        )

    def _said(
        self, declaration: Declaration, member: Member, sector: str
    ) -> Iterator[Place | Added]:
        """The signs of a sentence for one of its members."""
        document, sure = self._document, declaration.sure
        yield Place.SENTENCE if sure else Place.WEAK_SENTENCE
        if self._short:
            yield Added.SHORT
        elif sure and not self._main:
            yield Added.PROSE
        voice = self._voices[declaration.start, declaration.phrase]
        if voice is not None:
            yield voice
        if self._likely.get((sector, member.start), 0.0) >= AGREES:
            yield Added.AGREED
        together = len(declaration.sectors)
        if declaration.chooses:
            together = len(self._together[self._sentence(declaration)])
        if together > 1:
            yield Added.SEVERAL
        if sure and together >= MANY:
            yield Added.MANY
        if declaration.form is Form.PARENTHESIS and len(declaration.sectors) == 1:
            yield Added.ASIDE
        if together < MANY and not self._short and not _holds(document, declaration, member):
            yield Added.REFERRED
        outside = self._confirmed and sector not in self._confirmed and not self._short
        if outside and not self._goes_on(declaration):
            yield Added.OUTSIDE

    def _goes_on(self, declaration: Declaration) -> bool:
        """Whether a sentence says more of what a group chooses: in one of its entries, or as such.

        'Our other priority is X' adds to a group; 'X and Y are the backbone of our towns' does not.
        """
        if "priorit" in declaration.phrase.lower():
            return True
        block = self._document.block_at(declaration.start)
        return block is not None and (
            block in self._inside or self._document.blocks[block].heading in self._inside
        )

    @property
    def _spare(self) -> Added | None:
        """What adds to a place in a short text, or in one without a list of its choices."""
        if self._short:
            return Added.SHORT
        return None if self._main else Added.PROSE

    def _sentence(self, declaration: Declaration) -> int:
        return bisect_right(self._starts, declaration.start) - 1

    def _undeclared(self, chosen: Mapping[str, dict[int, Reason]]) -> dict[str, list[Reason]]:
        """What priority mentions add that no declaration holds, one a block.

        Beside a name that its sentence chooses, another that the classifier reads as a priority is
        likely one more of those chosen; it is added to the places.
        """
        spans = [
            (d.start, d.end)
            for d in self._declarations
            if d.chooses
            and d.sure
            and d.form in _SENTENCES
            and self._voices[d.start, d.phrase] is not Added.FOREIGN
        ]
        blocks: dict[str, dict[int, float]] = defaultdict(dict)
        for mention in self._mentions:
            if mention.declared_by is not None or mention.commitment is not Commitment.PRIORITY:
                continue
            if not self._short and self._document.blocks[mention.block].role is Role.TABLE_ROW:
                continue
            strong = mention.probability >= STRONG
            if any(start <= mention.start < end for start, end in spans):
                place = Place.STRONGLY_BESIDE if strong else Place.BESIDE
                signs = (place,) if self._spare is None else (place, self._spare)
                chosen[mention.sector][mention.start] = at(signs)
                continue
            known = blocks[mention.sector].get(mention.block, 0.0)
            blocks[mention.sector][mention.block] = max(known, 2.0 if strong else 1.0)
        found = {}
        for sector, values in blocks.items():
            most = MOST_SHORT if self._short else MOST
            found[sector] = [shown(Sign.READ, min(sum(values.values()), most))]
            if self._short:
                found[sector].append(shown(Sign.READ_IN_SHORT, min(len(values), most)))
        return found


def _holds(document: Document, declaration: Declaration, member: Member) -> bool:
    """Whether a sentence has both the words that declare and the member."""
    if not declaration.start <= member.start < declaration.end:
        return False
    said = document.text[declaration.start : declaration.end].lower()
    last = next((w for w in reversed(declaration.phrase.split()) if w.isalpha()), "")
    return last.isupper() or last in said


def _is_alone(declaration: Declaration) -> bool:
    """Whether a heading declares what it names itself, and nothing below it."""
    span = (declaration.start, declaration.end)
    return (
        declaration.form is Form.HEADINGS and not declaration.signs and declaration.extent == span
    )


def _is_listed(declaration: Declaration) -> bool:
    """Whether a list, a table or headings choose in so many words."""
    aims = declaration.form is Form.MEASURES or (
        declaration.form is Form.OBJECTIVES
        and not (declaration.sure and any(m.count is not None for m in declaration.members))
    )
    structural = declaration.form not in _SENTENCES and not aims
    return structural and declaration.chooses and declaration.sure
