"""Doubts about a gap: is what it hides the news of the sentence, and can it be known from the rest?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import filled, gaps
from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.doubts.listed import MAY_SAY
from dp100cards.first.generate.doubts.words import (
    breaks_off,
    is_doing,
    leans_back,
    no_noun,
    noisy,
    speaks_of_itself,
)
from dp100cards.first.generate.draft import GUESS, Draft
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Enumeration
from dp100cards.first.notes.grammar import has_verb, is_imperative
from dp100cards.first.notes.vocabulary import PREPOSITIONS, SMALL_WORDS, THIRD

_FIGURE = re.compile(r"\d")
_UNIT = re.compile(
    r"\s*(?:%|(?!(?:is|are|was|were|and|or|of|in|the|to|can|will)\b)[A-Za-z]{2,}|[’']s\b|x\b|°)"
)
_LETTERS = re.compile(r"[A-Z]{2,4}\d?s?|[A-Z]\d|v\d")
"""Short names that stand everywhere: "AWS", "EC2", "S3"."""
_LONGEST = 26
_OFTEN = 4
"""A word that so many statements of the notes hold is their subject, and no news in any of them."""
_LIMIT = AnyCase(
    r"\b(?:max(?:imum)?|min(?:imum)?|limit(?:ed)?|up to|default|at least|at most|no more than|per|within|between"
    r"|less than|more than|only|retention|timeout|lasts?|takes?|port|version|sla|uptime|availability|durability)\b"
    r"|[<>≤≥=]"
)
"""What a figure without a verb must stand beside to say something."""
_WORKED_OUT = AnyCase(
    r"^(?:answer|solution|result|calculation)\b ?[:=]|\d ?[x×*/+] ?\d[^=]*=|“wasted”|\"wasted\""
)
_ROUTINE = AnyCase(r"\b(?:such as|like|e\.g\.?|for example|etc|and so on|including)\b")


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why a gap may be a guess."""
    ask = draft.card.ask
    text = gaps(ask)[0] if gaps(ask) else ""
    plain = filled(ask)
    prefix = re.match(r"([^:{]{2,60}): ", ask)
    alone = prefix and stems(prefix[1]) == stems(draft.fact.concept)
    if prefix and alone and (no_noun(prefix[1]) or prefix[1].lower() in EVERYWHERE):
        yield "stands under no name of a thing"
    if isinstance(draft.fact, Enumeration):
        yield from _of_a_list(draft, text, plain)
        return
    if speaks_of_itself(plain) or noisy(plain) or noisy(draft.fact.concept):
        yield "not a plain statement"
    if leans_back(plain):
        yield "leans on another sentence"
    if count_words(plain) > _LONGEST:
        yield "a long sentence to fill in"
    sentence = re.sub(r"^[^:.]{2,60}: ", "", plain)
    if not has_verb(sentence) and not (_FIGURE.search(text) and _LIMIT.search(sentence)):
        yield "no whole sentence to fill in"
    if _WORKED_OUT.search(sentence):
        yield "an example is no fact"
    if re.match(
        r"(?:next|then|finally|first|second|another|instead|also|the other)\b", sentence, re.IGNORECASE
    ):
        yield "leans on another sentence"
    if breaks_off(plain):
        yield "the sentence breaks off"
    before = ask[: ask.index("{{")] if "{{" in ask else ask
    if text.startswith("`") and (" " in text.strip("`") and len(text) > 24):
        yield "long code to recall"
    if _ROUTINE.search(before):
        yield "the gap is one example of many"
    if _FIGURE.search(text) and not _LETTERS.fullmatch(text):
        after = ask[ask.index("}}") + 2 :] if "}}" in ask else ""
        named = (name := re.search(r"\b([A-Z]\w+) $", before)) and name[1].lower() not in SMALL_WORDS
        if named or (re.fullmatch(r"\d", text) and not _UNIT.match(after)):
            yield GUESS
    elif not text.startswith("`") and not _is_news(text, draft, world):
        yield GUESS


def _is_news(text: str, draft: Draft, world: World) -> bool:
    """Is the hidden name met seldom enough in the notes that a learner does not fill it in blindly?"""
    named = any(re.search(r"[A-Z]", part) for part in text.split())
    at_start = re.search(r"(?:^|[:.] )\{\{$", draft.card.ask[: draft.card.ask.find("{{") + 2])
    if at_start and not re.search(r"[A-Z]", text[1:]):
        return False
    if not named or not re.match(r"\w", text) or _LETTERS.fullmatch(text):
        return False
    if stems(text) <= stems(" ".join(draft.fact.heading)):
        return False
    return world.often(text) < _OFTEN and not stems(text) & stems(draft.fact.concept)


def _of_a_list(draft: Draft, text: str, plain: str) -> Iterator[str]:
    """One member of a list, hidden among the others: only a short name can be recalled."""
    assert isinstance(draft.fact, Enumeration)
    short = count_words(text) <= 3 and "(" not in text
    named = bool(re.search(r"[A-Z`]", text[1:])) or bool(re.match(r"[A-Z`]", text)) or count_words(text) == 1
    named = named or (count_words(text) == 2 and not MAY_SAY.search(f"{draft.fact.what} {draft.fact.lead}"))
    if text.split()[:1] and text.split()[0].lower() in PREPOSITIONS | {"your", "my", "our", "their", "its"}:
        yield GUESS
    if not has_verb(plain) and ":" not in plain:
        yield "no whole sentence to fill in"
    if any(count_words(item) > 3 for item in draft.fact.items) or not re.match(r"[\w`]", text):
        yield "the items are no names"
    if (
        not (short and named)
        or len(draft.fact.items) > 5
        or " and " in text
        or shape(text) not in ("noun", "gerund")
    ):
        yield GUESS
    told = re.match(r"[^:]{2,60}: (([a-z]+).*)", plain)
    if told and (told[2] in THIRD or is_imperative(told[1])):
        yield "no whole sentence to fill in"
    if (counted := re.match(r"(?:the )?([a-z]+ing) \w", plain, re.IGNORECASE)) and is_doing(
        counted[1].lower()
    ):
        yield "no whole sentence to fill in"
    if count_words(plain) > _LONGEST or plain.count(": ") > 1 or ";" in plain:
        yield "a long list to fill in"
    if speaks_of_itself(plain) or noisy(plain):
        yield "not a plain statement"


_SMALL = PREPOSITIONS | {"if", "when", "once", "as", "while", "because", "since", "using", "to", "here"}


def of_a_phrase(ask: str) -> Iterator[str]:
    """Is the sentence with a gap no sentence: "Fixed public IP you can attach to a VM", or a line "this - that"?"""
    plain = filled(ask)
    sentence = re.sub(r"^[^:.]{2,60}: ", "", plain)
    if re.search(r"\s[-–—]\s\{\{[^}]*\}\}\.?$", ask):
        yield "no whole sentence to fill in"
    if re.match(
        r"(?:if not|otherwise|however|therefore|thus|hence|moreover|similarly|but)\b", sentence, re.I
    ):
        yield "leans on another sentence"
    if plain.count("`") % 2:
        yield "not a plain statement"
    if re.match(r"(?:by default,? )?(?:its|their|his|her|this|these|that) ", sentence, re.IGNORECASE):
        yield "leans on another sentence"
    if is_imperative(sentence):
        yield "not a plain statement"
    if re.match(r"To [a-z]+ [^,]*$", sentence):
        yield "no whole sentence to fill in"
    if re.search(r"(?:^|: )you (?:could|might|may) ", plain, re.IGNORECASE):
        yield "an example is no fact"
    if re.search(r"\{\{[^}]*['’]s\}\}|\{\{(?:other|others|more|etc|some)\b", ask):
        yield GUESS
    if re.match(r"an? (?:good|great|nice|better) (?:start|idea|way|place|rule)\b", sentence, re.IGNORECASE):
        yield "not a plain statement"
    found = re.match(r"(.+?)\s(?:you|we|that|which|who|where)\s", sentence)
    if found and found[1].split()[0].lower() not in _SMALL and not re.search(r"[,;]", found[1]):
        rest = sentence[found.end() :]
        goes_on = re.search(r"\b(?:is|are|was|were|must|will|should|has|have)\b", rest)
        if not has_verb(found[1]) and not goes_on and not THIRD & set(rest.lower().split()[1:]):
            yield "no whole sentence to fill in"
    short = re.search(
        r"\{\{([^}]+)\}\} \(([A-Za-z]{2,6})\)|([A-Z][\w-]*(?: [\w-]+){0,5}) \(\{\{([A-Z]\w{1,5})\}\}\)", ask
    )
    if short:
        long, letters = (short[1], short[2]) if short[1] else (short[3], short[4])
        capitals = re.findall(r"[A-Z]", long) or [word[0] for word in long.split()]
        if (
            letters[:1].lower() == long[:1].lower()
            and len(capitals) >= 1
            and letters.upper() == letters.rstrip("s").upper()
        ):
            yield "the gap stands beside its own abbreviation"
