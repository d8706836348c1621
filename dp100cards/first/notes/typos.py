"""Slips of the keyboard, mended where there can be no doubt.

A correction is made from a short list of known slips, or into a longer word that stands elsewhere in the same note
or in the list of words below, one slip away (two from ten letters on), and never into a word that is rarer in the
note than the slip itself. The quote of a fact keeps the raw words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

KNOWN = {
    "adn": "and", "agian": "again", "alot": "a lot", "alredy": "already", "becuase": "because", "beacuse": "because",
    "beleive": "believe", "cna": "can", "colection": "collection", "comming": "coming", "definately": "definitely",
    "dont": "don't", "doesnt": "doesn't", "cant": "can't", "enviroment": "environment", "exmaple": "example",
    "hte": "the", "isnt": "isn't", "lenght": "length", "managment":
    "management", "nad": "and", "neccessary": "necessary", "ocurred": "occurred", "occured": "occurred", "ot": "to",
    "pyhton": "python", "ptyhon": "python", "recieve": "receive", "recieves": "receives", "seperate": "separate",
    "seperately": "separately", "taht": "that", "teh": "the", "thier": "their", "thsi": "this", "tihs": "this",
    "ture": "true", "tje": "the", "usign": "using", "wehn": "when", "wich": "which", "wiht": "with", "wih": "with",
    "wtih": "with", "yuo": "you", "yoru": "your", "avaliable": "available", "availible": "available",
}  # fmt: skip
"""Slips that are no words of their own, and what was meant."""

GLOSSARY = frozenset(
    """
        abstraction accelerate accessible account accuracy additional advantage advantages algorithm
        algorithms analysis analytics application applications architecture artifact artifacts assessment
        authentication authorization automated automatically automation availability available bandwidth
        because between browser business capability certificate classification cluster clusters collaborate
        collaboration command comparison compatible complete component components compression compute
        computer condition configuration configure configured connection consistency container containers
        containerization control correlation credential credentials customer dashboard database databases
        dataset datasets datastore datastores default definition dependencies dependency deploy deployed
        deployment deployments describe description designer development different dimension directory
        disadvantage distributed distribution document documentation driver effective efficient encryption
        endpoint endpoints environment environments evaluation experiment experimentation experiments
        explanation feature features folder framework frequency function functions gateway governance
        hardware identity image images immediately implementation important improve inference information
        infrastructure initialize installed instance instances integration interactive interface internal
        kernel kubernetes language languages latency learning library libraries lifecycle location machine
        machines maintain management memory message metadata method metric metrics migration minimum
        monitoring necessary network networks notebook notebooks number object objects operation operational
        operationalization optimization option options orchestration organization outside output package
        packages parallel parameter parameters partition password performance permission permissions
        persistent pipeline pipelines platform policy portal prediction predictions preinstalled preparation
        preprocessing private procedure process processing production programming project projects property
        protocol provider public python quality query recommended recommendation redundancy region register
        registered registration regression regular release reliability repository request requirement
        requirements resource resources response restriction sample scalability scalable scenario schedule
        scheduling schema scientist scientists script scripts secondary security selection sensitive
        separate sequence server service services session setting settings similar software solution
        solutions source standard statistics storage stream structure subnet subscription subscriptions
        support supported synchronous system systems template temporary terminal testing through throughput
        traffic training transaction transform transformation understand understanding unsupervised
        supervised update upgrade validation variable version versioning virtual visualization visualize
        workflow workflows workload workspace workspaces
        """.split()
)
"""Words that a slip may be mended into though the note does not hold them."""

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_PLAIN = re.compile(r"[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True)
class Typo:
    """A slip that was found, where it stands, and what was read instead."""

    note: str
    line: int
    wrong: str
    right: str


_JOINING = frozenset("_0123456789.@/\\`-")
_JOINING_AFTER = frozenset("_0123456789@/\\`-")
"""Letters beside a word that make it a part of something else: a path, an address, a name in code."""


_TWO_CAPITALS = re.compile(r"[A-Z]{2}[a-z]+")


class Speller:
    """Knows the words of one note, and mends its slips; none in a note that is not `english`, whose words it would turn
    into those of another language."""

    def __init__(self, text: str, *, english: bool = True) -> None:
        self._english = english
        self._counts = Counter(word.lower() for word in _WORD.findall(text))
        self._shelf: dict[tuple[str, int], list[str]] = {}
        """Longer words by first letter and length: a slip keeps its first letter."""
        for word in sorted(self._counts.keys() | GLOSSARY):
            if len(word) >= 6:
                self._shelf.setdefault((word[0], len(word)), []).append(word)
        self._known: dict[str, str] = {}
        self._sound: set[str] = set()
        """Words that need no mending."""

    def mended(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """The text without slips, and each slip with what was read instead. Code is left alone."""
        if not self._english:
            return text, []
        for word in set(_WORD.findall(text)) - self._sound:
            if self._right(word) == word:
                self._sound.add(word)
            else:
                break
        else:
            return text, []
        found: list[tuple[str, str]] = []
        backticks = "`" in text

        def right(match: re.Match[str]) -> str:
            word = match[0]
            start, end = match.span()
            before, after = text[start - 1 : start], text[end : end + 2]
            in_token = before in _JOINING or after[:1] in _JOINING_AFTER or re.match(r"\.\w", after)
            if in_token or (backticks and text.count("`", 0, start) % 2):
                return word
            better = self._right(word)
            if better != word:
                found.append((word, better))
            return better

        return _WORD.sub(right, text), found

    def _right(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> str:
        low = word.lower()
        if word.isupper() and len(word) < 4:
            return word  # an abbreviation: "OT"
        if low in KNOWN:
            return _like(KNOWN[low], word)
        if _TWO_CAPITALS.fullmatch(word) and low in _SMALL:
            return word[0] + low[1:]
        if len(low) < 6 or self._counts[low] > 1 or low in GLOSSARY or not _PLAIN.fullmatch(word):
            return word  # what is written so twice is meant so
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        allowed = 2 if len(low) >= 10 else 1
        lengths = range(len(low) - allowed, len(low) + allowed + 1)
        near = [w for n in lengths for w in self._shelf.get((low[0], n), ()) if w != low]
        best = extract(low, near, scorer=OSA.distance, score_cutoff=allowed, limit=3)
        for right, distance, _ in best:
            if self._is_slip(low, right, int(distance)):
                return _like(right, word)
        return word

    def _is_slip(self, wrong: str, right: str, distance: int) -> bool:
        """Is the one a slip for the other, and not another form of it or a word of its own?"""
        if wrong[0] != right[0] or self._counts[right] + 2 * (right in GLOSSARY) < 2:
            return False
        stem = 0
        while stem < min(len(wrong), len(right)) and wrong[stem] == right[stem]:
            stem += 1
        if wrong[stem:] in _ENDINGS and right[stem:] in _ENDINGS:
            return False  # another form of the word: "deploys", "deployed"
        if wrong in _OWN_WORDS or wrong.startswith(right) or right.startswith(wrong):
            return False
        if (Counter(wrong) - Counter(right)) and (Counter(right) - Counter(wrong)):
            return (
                False  # another letter makes another word: "protect" and "project", "identify" and "identity"
            )
        same_letters = sorted(wrong) == sorted(right)
        if distance == 2:
            return same_letters or (right in GLOSSARY and len(set(wrong) ^ set(right)) <= 1)
        return right in GLOSSARY or (same_letters and self._counts[right] >= _OFTEN)


_ENDINGS = {""} | frozenset(
    """
         s es d ed r er ers rs or ors y ies ly ing ion ions al ally able e ment ments ability ful ive ance
        ence ist ists ise ize ised ized ised t n en ity ic ics ate ated ating ation ations
        """.split()
)
_OWN_WORDS = frozenset(
    """
        automaton casual causal compete conservation conserve conversation converse country county discreet
        discrete excites exists leaning marital martial perfect perform predication prefect preform reserved
        reversed sacred scared settling signed singed thorough thoroughly though thought through trails trials
        trough united untied
        """.split()
)
"""Words that a dropped, added or moved letter makes of other words."""

_OFTEN = 3
"""So often a word stands in the note that one with its letters in another order is a slip for it."""

_SMALL = frozenset(
    """
        for the and but not with from this that you all can are was has have will its our in on of to is it
        """.split()
)


def _like(right: str, word: str) -> str:
    """The right word with the capital of the slip."""
    return right[0].upper() + right[1:] if word[0].isupper() else right
