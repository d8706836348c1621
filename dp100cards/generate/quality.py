"""The one quality gate: what is wrong with a card, as codes with a sentence for the learner.

A hard check drops a card that rules made or an assistant drafted; a soft one lets it be asked later. A question that
a person wrote is never dropped: for it every finding is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dp100cards.cards import (
    GAP,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Order,
    Statements,
    filled,
    gaps,
)
from dp100cards.generate.distractors import words_of
from dp100cards.notes.words import LISTS

PRONOUN = re.compile(r"\b(?:it|they|them|this|these|those|there|we|us|our|he|she|i|my)\b", re.IGNORECASE)
IMPERSONAL = re.compile(
    r"\b(?:(?:is|was) it (?=(?:better|best|called|easier|easy|good|hard|important|known|necessary|possible|useful)\b)"
    r"|(?:is|are|was|were) there\b)",
    re.IGNORECASE,
)
"""What is no pronoun: "Why is it better to …?", "Which three kinds are there?"."""
QUOTED = re.compile(r"“[^”]*”|`[^`]*`|\"[^\"]*\"")
EITHER_OR = re.compile(r"\b(?:which one|or)\b", re.IGNORECASE)
ALL_OF = re.compile(r"\b(?:all|none|both|neither) of (?:the )?(?:above|these|them)\b", re.IGNORECASE)
ABSOLUTE = re.compile(r"\b(?:always|never|only|all|none|every|must)\b", re.IGNORECASE)
DOUBLED = re.compile(r"\b([a-z]{2,}) \1\b(?<!that that)(?<!had had)", re.IGNORECASE)
UNFOCUSED = re.compile(
    r"What (?:can you do|does .* let you do|do you need|are the (?:types|ways|things))\b", re.IGNORECASE
)
LOOSE_END = re.compile(
    r"\b(?:the|an?|of|to|for|with|and|or|in|on|by|from|at|as|is|are|that|which|into|than|their|its|your)\Z",
    re.IGNORECASE,
)
EMPTY = LISTS["empty"]
SENTENCES = re.compile(r"[.?!:]\s+[A-Z`]")
SHORT_ANSWER = re.compile(r"(?:how many|can|do|does|is|are|has|have|may|must|will|which)\b", re.IGNORECASE)
VAGUE_ANSWER = LISTS["vague"]
FILLER = LISTS["filler"]
LONG_ASK, LONG_ANSWER, LONGEST_ANSWER, LONG_STEM = 20, 15, 30, 80


@dataclass(frozen=True)
class Check:
    """One check: its code, whether it drops a card, and what it says to the learner."""

    code: str
    hard: bool
    sentence: str
    wrong: Callable[[Card], bool]


def answer_of(card: Card) -> str:
    """The answer in words; of a card with options the right ones."""
    match card:
        case Basic(answer=answer):
            return answer
        case Choice(options=options) | Multiple(options=options):
            return " ".join(option.text for option in options if option.right)
        case Cloze(ask=text) | Code(code=text):
            return " ".join(gaps(text))
        case Order(items=items):
            return " ".join(items)
        case Match(pairs=pairs):
            return " ".join(f"{pair.left} {pair.right}" for pair in pairs)
        case Statements(statements=statements):
            return " ".join(each.text for each in statements)
    return ""


def _ask(card: Card) -> str:
    return filled(card.ask) if isinstance(card, Cloze) else card.ask


def _pronoun(card: Card) -> bool:
    text = QUOTED.sub("", _ask(card)).replace("this:", "").replace("is it true", "")
    text = IMPERSONAL.sub("", text)
    if isinstance(card, Cloze) or SENTENCES.search(text):  # a situation names its subject as it goes
        return bool(re.match(r"(?:it|they|this|these|those|there|he|she|we)\b", text, re.IGNORECASE))
    head = re.split(r"\bif\b", text)[0]
    owner = re.search(r"\b(?:its|their|his|her)\b", head, re.IGNORECASE)
    return bool(PRONOUN.search(head) or (owner and not words_of(head[: owner.start()])))


def _said(text: str) -> set[str]:
    """All words that say something, short ones as well: "AKS", "Geo data"."""
    return {word.strip(".-") for word in re.findall(r"[\w+#.-]+", text.lower()) if word not in EMPTY}


def _shown(card: Card) -> bool:
    if not isinstance(card, Basic) or EITHER_OR.search(card.ask):
        return False
    answer, ask = _said(card.answer), _said(card.ask)
    return bool(answer) and answer <= ask


def _markup(card: Card) -> bool:
    text = f"{_ask(card)} {answer_of(card)}"
    outside = QUOTED.sub("", text)
    odd = any(outside.count(a) != outside.count(b) for a, b in ("()", "[]", "{}"))
    return bool(odd or re.search(r"https?://|!\[|\]\(|<[a-z/]|\*\*", text))


def _vague(card: Card) -> bool:
    if isinstance(card, Choice | Match | Order | Cloze):
        return False
    words = [word for word in re.findall(r"[\w+#.-]+", card.ask.lower()) if word not in EMPTY]
    return not words or all(word in FILLER or word in LISTS["generic"] or word.isdigit() for word in words)


def _broken(card: Card) -> bool:
    if not isinstance(card, Basic):
        return False
    text = card.answer.strip()
    if SHORT_ANSWER.match(card.ask) and text.lower().rstrip(".") in ("yes", "no", "one", "none", "both"):
        return False
    starts = re.match(
        r"(?:they|this|these|those|there|we|he|she|and|or|but|which|that|because|so|than)\b",
        text,
        re.IGNORECASE,
    )
    if re.match(r"it\b", text, re.IGNORECASE) and not card.ask.startswith("What happens if"):
        return True
    if text.lower() in VAGUE_ANSWER or re.fullmatch(
        r"(?:some|many|several|various|lots of|other|more) \S+|(?:an? )?(?:wide|broad|large) (?:range|variety|number) of .*",
        text,
        re.IGNORECASE,
    ):
        return True
    return (
        not re.search(r"\w", text)
        or text.startswith(("(", "$$"))
        or "$$" in text
        or bool(starts or LOOSE_END.search(text) or text.lower() in LISTS["leaders"])
    )


def _unsourced(card: Card) -> bool:
    if not isinstance(card, Basic) or card.source is None or not card.source.quote:
        return False
    said = card.source.quote.lower()
    return any(word not in said for word in words_of(re.sub(r"[;,]", " ", card.answer)))


def _gap(card: Card) -> bool:
    if not isinstance(card, Cloze):
        return False
    hidden, rest = gaps(card.ask), GAP.sub(" ", card.ask).lower()
    one = hidden[0] if len(hidden) == 1 else ""
    plain_word = one.islower() and len(one) < 5 and one.isalpha()
    visible = [word for word in re.findall(r"\w+", rest) if len(word) > 2 and word not in EMPTY]
    repeated = bool(one) and re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", rest)
    return not one or len(one.split()) > 4 or plain_word or len(visible) < 4 or bool(repeated)


def _options(card: Card) -> bool:
    if not isinstance(card, Choice | Multiple):
        return False
    texts = [option.text for option in card.options]
    lengths = sorted(map(len, texts))
    unlike = lengths[-1] > 20 and lengths[-1] > 2.5 * lengths[0]
    key = max(len(option.text) for option in card.options if option.right)
    telling = key == lengths[-1] and key > 20 and key > 1.5 * lengths[-2]
    return not 3 <= len(texts) <= 6 or len({text.lower() for text in texts}) < len(texts) or unlike or telling


def _only_key(card: Card) -> bool:
    """Does a word of the stem stand in the key and in no other option?"""
    if not isinstance(card, Choice):
        return False
    stem, key, others = words_of(_ask(card)), words_of(answer_of(card)), set()
    for option in card.options:
        others |= set() if option.right else words_of(option.text)
    return bool((stem & key) - others)


def _parts(card: Card) -> bool:
    match card:
        case Order(items=items):
            return not 3 <= len(items) <= 7
        case Match(pairs=pairs):
            return not 3 <= len(pairs) <= 6 or len({pair.right.lower() for pair in pairs}) < len(pairs)
        case Statements(statements=statements):
            return len({each.right for each in statements}) < 2
        case Multiple(options=options):
            return sum(not option.right for option in options) < 2
    return False


def _absolute(card: Card) -> bool:
    if not isinstance(card, Choice | Multiple):
        return False
    told = {option.right for option in card.options if ABSOLUTE.search(option.text)}
    return told == {False}


def _talk(card: Card) -> bool:
    text = f"{_ask(card)} {answer_of(card)}".lower()
    return any(re.search(rf"(?<!\w){re.escape(talk)}(?!\w)", text) for talk in LISTS["talk"] if talk in text)


def _count(text: str) -> int:
    return len(text.split())


CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        Check("pronoun", True, "The question does not name its subject.", _pronoun),
        Check("shown", True, "The answer stands in the question.", _shown),
        Check("markup", True, "It holds an address, a picture or an open bracket.", _markup),
        Check("doubled", True, "A word stands there twice.", lambda card: bool(DOUBLED.search(f"{_ask(card)} | {answer_of(card)}"))),
        Check("vague", True, "The question could be about anything.", _vague),
        Check("broken", True, "The answer is only a piece of a sentence.", _broken),
        Check("unsourced", True, "A word of the answer is not in the note.", _unsourced),
        Check("paragraph", True, "The answer has more than 30 words.", lambda card: isinstance(card, Basic) and _count(card.answer) > LONGEST_ANSWER),
        Check("talk", True, "It is about the course, not about its subject.", _talk),
        Check("gap", True, "The gap is no short name, or the rest of the sentence gives it away.", _gap),
        Check("options", True, "The options are too few, too many, equal, or of unlike length.", _options),
        Check("only-key", True, "A word of the question stands in the right option only.", _only_key),
        Check("all-of", True, "One option speaks of all or none of the others.", lambda card: isinstance(card, Choice | Multiple) and any(ALL_OF.search(o.text) for o in card.options)),
        Check("parts", True, "It has too few or too many parts, or parts that cannot be told apart.", _parts),
        Check("absolute", False, "Only wrong options say always, never or only.", _absolute),
        Check("long-question", False, "The question is long.", lambda card: _count(_ask(card)) > (LONG_STEM if card.level == "exam" or not isinstance(card, Basic) else LONG_ASK)),
        Check("long-answer", False, "The answer has more than 15 words.", lambda card: isinstance(card, Basic) and _count(card.answer) > LONG_ANSWER),
        Check("unfocused", False, "Many answers would be right.", lambda card: bool(UNFOCUSED.match(card.ask))),
        Check("alike", False, "Another card asks nearly the same.", lambda card: False),
    )
}  # fmt: skip
"""By code. `alike` compares cards with each other: see `alike`."""


def findings(card: Card) -> tuple[list[str], list[str]]:
    """The codes of the hard and of the soft checks that a card does not pass."""
    hard = [check.code for check in CHECKS.values() if check.hard and check.wrong(card)]
    soft = [check.code for check in CHECKS.values() if not check.hard and check.wrong(card)]
    return hard, soft


def alike(cards: Sequence[Card]) -> set[int]:
    """Which cards ask nearly what an earlier one asks. Only cards that share a rare word are compared."""
    texts = [f"{_ask(card)} {answer_of(card)}".lower() for card in cards]
    words = [words_of(text) for text in texts]
    where: dict[str, list[int]] = {}
    for n, each in enumerate(words):
        for word in each:
            where.setdefault(word, []).append(n)
    found: set[int] = set()
    for n, each in enumerate(words):
        rare = sorted(each, key=lambda word: (len(where[word]), word))[:3]
        near = {m for word in rare if len(where[word]) <= 12 for m in where[word] if m < n and m not in found}
        if any(fuzz.token_sort_ratio(texts[n], texts[m]) >= 90 for m in sorted(near)):
            found.add(n)
    return found
