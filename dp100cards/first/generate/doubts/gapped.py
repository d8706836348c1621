"""Doubts about a sentence with a gap: can the hidden word be known, and is it not told beside the gap?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import GAP, Cloze, filled, gaps
from dp100cards.first.generate.doubts.alone import ROLES, letters_of
from dp100cards.first.generate.draft import GUESS, Draft
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Fact, Statement
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import SMALL_WORDS, THIRD

_ADJECTIVE = re.compile(r"\{\{[A-Z][^\W\d_A-Z]+(?:-[A-Za-z]+)?\}\} ([a-z][\w-]*)")
"""One word with a capital before a noun: "an {{Enterprise}} company"."""
_A_NUMBER = AnyCase(
    r"\{\{(?:100 ?%|internet)\}\}|\b(?:rule|step|line|item|question|option|row|version|number|id|page|chapter) \{\{\d"
)
_PREFIX = re.compile(r"^[^:{.]{2,80}: ")
_PREFIX_TORN = AnyCase(r"^(?:and|or|but|to|of|for|with) ")
_OF_A_PAIR = re.compile(r"(?:[\w-]+ ){1,4}(?:and|or) \{\{[^}\d]*\}\}|\{\{[^`}\d]*\}\} (?:and|or) ")
_LONG_IF = re.compile(r"(?:If|When) .*\{\{[A-Z][a-z]")
_DOINGS = re.compile(r"[A-Z][a-z]+ing [^,.]*, [a-z]+ing\b")
_FIGURE_OR_CODE = re.compile(r"[\d`]")
_TWO_SENTENCES = re.compile(r"[a-z]\. [A-Z]")
_STEP = AnyCase(r"^step \d")
_LEANS = AnyCase(
    r"^(?!it (?:is|was) (?:better|best|recommended|possible|required|necessary|advisable|allowed|common) to\b)"
    r"(?:it|they|he|she|this|these|that|those|such|both|either|from this|in this)\b|^no\."
    r"|^each (?:of|one|is|has|can)\b|^(?:you|we|users) (?:\w+ ){1,4}?(?:it|them|this|that|those|these)\b"
)
_ELSE = AnyCase(r"\b(?:anything|everything|anyone|everyone) else\b")
_OF_ONE_FIGURE = re.compile(r"[\w ]+ is \{\{[\d.]+%?\}\}(?: percent|%)?\.?$")
_CHAT = re.compile(
    r"[A-Z][a-z]+ [a-z]+ [a-z]+ it\b|.*\b(?:(?:most|many|some) people|I(?!/)|you got|remember)\b"
)
_BY_SOMEBODY = re.compile(
    r"\w+(?:ed|en) by\b|[\d.,]+ \w+ (?:if|when|for|with|after|before)\b|[\"“].*[\"”] [-–—] "
)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
_ABSTRACT = frozenset(
    """spec specification structure syntax result decision goal idea table setting settings discount price solution
    answer""".split()
)
_BARE_SUBJECTS = ROLES | frozenset(
    "discount price retrieval traffic lookup mapping connection template definition limit update".split()
)


def of_a_gap(draft: Draft, card: Cloze, world: World) -> Iterator[str]:
    """Why a sentence with a gap may not say of what, or hide what nobody can know."""
    fact, ask = draft.fact, card.ask
    text = next(iter(gaps(ask)), "")
    if text.count("(") != text.count(")") or re.fullmatch(r"[A-Za-z]", text):
        yield GUESS
    lead = _PREFIX.match(ask)
    sentence = ask[lead.end() :] if lead else ask
    plain = filled(sentence)
    if lead and _PREFIX_TORN.search(lead[0]):
        yield "stands under no name of a thing"
    opens = sentence.startswith("{{") and not _FIGURE_OR_CODE.search(text)
    thin = opens and len(stems(GAP.sub("", sentence)) - GENERIC_STEMS) < 4
    if thin or _A_NUMBER.search(ask) or _OF_A_PAIR.match(sentence) or _is_adjective(ask):
        yield GUESS
    if _ELSE.search(plain) or text[:1] in "<>~≤≥":
        yield GUESS
    if _LEANS.search(plain):
        yield "leans on another sentence"
    if _OF_ONE_FIGURE.match(sentence) or (not lead and _is_about_a_part(fact, world)):
        yield "the sentence does not say of what"
    first, dash, _ = plain.partition(" - ")
    torn = dash and len(first.split()) > 3 and not has_verb(first)
    bare = "`" not in sentence and not _SMALL_WORD.search(_IN_BRACKETS.sub("", plain))
    if torn or bare or _BY_SOMEBODY.match(plain) or _DOINGS.match(plain):
        yield "no whole sentence to fill in"
    if _TWO_SENTENCES.search(plain) or (_LONG_IF.match(sentence) and len(sentence.split()) > 18):
        yield "a long sentence to fill in"
    if any(map(_STEP.search, fact.heading[-2:])):
        yield "steps of a lab"
    if _CHAT.match(plain):
        yield "not a plain statement"
    yield from _of_its_word(text, sentence, fact)


def _is_adjective(ask: str) -> bool:
    found = _ADJECTIVE.search(ask)
    return bool(found and found[1] not in SMALL_WORDS | THIRD and not found[1].endswith(("ed", "ly")))


def _is_about_a_part(fact: Fact, world: World) -> bool:
    """Is the subject "the spec", or a bare "discount", of which the sentence before had said whose it is?"""
    if not isinstance(fact, Statement):
        return False
    words = fact.subject.lower().split()
    own = [word for word in words if word not in SMALL_WORDS]
    weak = _ABSTRACT if words[:1] != own[:1] else _BARE_SUBJECTS
    return len(own) == 1 and own[0] in weak and world.key(own[0]) != world.key(fact.concept)


_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_WORDS = re.compile(r"[A-Za-z0-9]+")
_MANY = re.compile(r"(?<=[A-Z])s$")
_CAPITALS_INSIDE = re.compile(r"[a-z][A-Z]{2,}")
_SHORT = re.compile(r"\}\} \(([A-Z][A-Za-z]{1,5})\)")
_NOTES_ON = re.compile(
    r"\b(?:notes?|cheat ?sheet|guide|study|exam|overview|introduction|intro|basics|summary|to|the|on|of)\b",
    re.IGNORECASE,
)


def _of_its_word(text: str, sentence: str, fact: Fact) -> Iterator[str]:
    """Does the hidden word stand elsewhere on the card in other letters, or over the whole note?"""
    around = GAP.sub(" ", sentence)
    if _is_beside(_MANY.sub("", text.strip("`")), around, _SHORT.search(sentence)):
        yield "the gap's word stands beside it"
    if not fact.heading:
        return
    hidden, title = letters_of(text), letters_of(_NOTES_ON.sub("", fact.heading[0]))
    whole = len(hidden) > 3 and hidden in title and len(hidden) * 2 > len(title)
    near = len(hidden) > 4 and not hidden.isdigit() and hidden in letters_of(fact.heading[-1])
    if whole or near or (sentence.startswith("{{") and stems(text) & stems(fact.heading[-1])):
        yield "the gap is what the note is about"


def _is_beside(text: str, around: str, short: re.Match[str] | None) -> bool:
    """ "nodePort" beside "node port", "ccTLD" beside "TLDs", "Azure Virtual Machines" beside "(VM)"."""
    if short and len(short[1]) > 1:
        initials = "".join(word[0].lower() for word in text.split())
        if initials.endswith(short[1].lower().rstrip("s")):
            return True
    hidden = letters_of(text)
    if len(hidden) <= 3:
        return False
    pieces = {piece.lower().rstrip("s") for piece in _PIECES.findall(text) if len(piece) > 2}
    visible = {word.lower().rstrip("s") for word in _WORDS.findall(around)}
    if (len(pieces) > 1 and pieces <= visible) or hidden in letters_of(around):
        return True
    return bool(_CAPITALS_INSIDE.search(text) and pieces & visible)
