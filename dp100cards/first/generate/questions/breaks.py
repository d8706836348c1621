"""Where a sentence may be broken off: before its news, and behind what shows how it may go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from operator import or_

from dp100cards.first.generate.english import DETERMINERS
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.notes.grammar import has_verb, is_imperative
from dp100cards.first.notes.vocabulary import AUXILIARIES, BASE, PREPOSITIONS, PRONOUNS, THIRD

Halves = tuple[str, str]
"""The sentence up to the break, and its news."""

_JOINTS = frozenset(
    """when if because so to by for using via through with without into from on in at per until unless while after
    before as that which where between across under over whenever during against within about""".split()
)
"""Words behind which a sentence tells its news."""
_JOINTS_ANYWHERE = _JOINTS | frozenset(
    """para con por porque cuando sin según donde com em sem quando pour avec dans parce quand sans où für mit durch
    weil wenn ohne zwischen senza perché dove voor omdat zonder""".split()
)
"""Those and the same of Spanish, Portuguese, French, German, Italian and Dutch, in which learners take notes, too."""
_LEANING = frozenset("this these those they it such here there however similarly".split())
SHORTEST_NEWS, LONGEST_NEWS = 2, 14
"""Words of the news."""
_NOTHING = frozenset[str]()
TOLD = 3
"""So many telling stems before the break show how the sentence may go on."""


class Breaks:
    """The places of one sentence."""

    def __init__(self, text: str) -> None:
        self.parts = text.split()
        telling = [stems(part) - GENERIC_STEMS for part in self.parts]
        self.told = [*accumulate(telling, or_)]
        """By place, the telling stems up to and with this word."""
        self.news = [*accumulate(reversed(telling), or_)][::-1]
        """By place, those from this word on."""
        self.leans = not self.parts or self.parts[0].lower() in _LEANING

    @property
    def fewest(self) -> int:
        """So many telling stems before the break are enough where a name is told, too: "Try …" says what to do."""
        return 0 if _is_order(self.parts) else 1

    def after_a_joint(self) -> Halves | None:
        """The halves of a sentence that stands alone, behind its verb: at the first word that leads to its news."""
        if self.leans:
            return None
        for at in self._places(TOLD, _NOTHING):
            word = self.parts[at].lower()
            before_article = self.parts[at + 1].lower() in DETERMINERS and word not in _NO_END
            joint = word in _JOINTS or (before_article and _may_end(self.parts, at))
            if joint and (halves := self._halves(at)):
                left = halves[0]
                if has_verb(left) or is_imperative(left):
                    return halves
        return None

    def anywhere(self, least: int, name: frozenset[str] = _NOTHING) -> Halves | None:
        """The halves at the first word that a sentence may be broken off behind, else behind its "is" or "are"; `name`
        is told beside it."""
        behind_its_verb = None
        for at in self._places(least, name):
            word = self.parts[at].lower()
            if word in _BE and not self._opens_with_a_clause:
                behind_its_verb = behind_its_verb or self._halves(at)
            if not (word in _JOINTS_ANYWHERE or _may_end(self.parts, at)):
                continue
            if (halves := self._halves(at)) and not self._is_inside_the_subject(at):
                return halves
        return behind_its_verb

    @property
    def _opens_with_a_clause(self) -> bool:
        """Is the first verb not the sentence's own: "Once the code is deployed, …"?"""
        return self.parts[0].lower() in _OPENS_CLAUSE

    def _is_inside_the_subject(self, at: int) -> bool:
        """Does the sentence's verb come behind this word only: "All versions of … an object are stored in S3"?"""
        if self.parts[at].lower() in _OPENS_CLAUSE:
            return False
        behind = takewhile(lambda word: word not in _OPENS_CLAUSE, map(str.lower, self.parts[at + 1 :]))
        return not _VERBS_ALONE.isdisjoint(behind) and not has_verb(" ".join(self.parts[: at + 1]))

    def _places(self, least: int, name: frozenset[str]) -> Iterator[int]:
        """Words behind which enough was told, and something new is left to tell."""
        last = len(self.parts) - SHORTEST_NEWS
        for at in range(max(0, last - LONGEST_NEWS + 1), last):
            following = self.parts[at + 1].lower()
            if following in _NEVER_NEXT:
                continue
            if len(self.told[at]) >= least and self.news[at + 1] - self.told[at] - name:
                yield at

    def _halves(self, at: int) -> Halves | None:
        left, right = " ".join(self.parts[: at + 1]), " ".join(self.parts[at + 1 :])
        if not _balanced(left) or not _balanced(right):
            return None
        return left.replace("“", "‘").replace("”", "’"), right


_OPENS_CLAUSE = frozenset(
    "that which who where when if because while so as until unless before after once how what since".split()
)
_BE = frozenset("is are was were".split())
_VERBS_ALONE = _BE | frozenset("can could will would must should may might has have".split())
_NO_END = PREPOSITIONS | {"of", "and", "or"}
_NEVER_NEXT = AUXILIARIES | {"example", "instance"}
"""No news begin with these: "the need for … becomes imperative", "for … example"."""
_BEFORE_A_VERB = AUXILIARIES | PRONOUNS | {"to", "you", "we", "not", "and", "or", "also", "then"}
_NO_NEWS = AUXILIARIES | PREPOSITIONS | {"to", "it", "them", "this", "that", "these", "those", "and", "or"}


def _may_end(parts: Sequence[str], at: int) -> bool:
    """May the first half end with this word: a verb, or what stands before an article?"""
    word, following = parts[at].lower(), parts[at + 1].lower()
    if following in _NO_NEWS:
        return False
    if word in BASE:
        verb = parts[at - 1].lower() in _BEFORE_A_VERB if at else _is_order(parts)
    else:
        verb = word in THIRD and not (at and parts[at - 1].lower() in DETERMINERS)
    return verb or following in DETERMINERS


def _is_order(parts: Sequence[str]) -> bool:
    """Do the words tell to do something: "Try fewer features", but not "Sample code is included"?"""
    return is_imperative(" ".join(parts)) and AUXILIARIES.isdisjoint(map(str.lower, parts))


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("`") % 2 == 0 and text.count('"') % 2 == 0
