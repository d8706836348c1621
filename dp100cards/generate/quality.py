"""The one quality gate: what is wrong with a card, as codes with a sentence for the learner.

A hard check drops a card that rules made or an assistant drafted; a soft one lets it be asked later. A question that
a person wrote is never dropped: for it every finding is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from dp100cards.cards import (
    GAP,
    Basic,
    Card,
    Choice,
    Cloze,
    Match,
    Multiple,
    Option,
    Order,
    Statements,
    filled,
    gaps,
)
from dp100cards.generate.draft import words_of
from dp100cards.generate.words import answer_text
from dp100cards.notes.words import LISTS, any_of


class Check(NamedTuple):
    """One check: whether it drops a card, and what it says to the learner."""

    hard: bool
    sentence: str


HARD, SOFT = True, False
CHECKS = {
    "pronoun": Check(HARD, "The question does not name its subject."),
    "shown": Check(HARD, "The answer is in the question."),
    "markup": Check(HARD, "It contains an address, a picture or an open bracket."),
    "doubled": Check(HARD, "A word is repeated."),
    "vague": Check(HARD, "The question could be about anything."),
    "broken": Check(HARD, "The answer is only a piece of a sentence."),
    "unsourced": Check(HARD, "A word of the answer is not in the note."),
    "paragraph": Check(HARD, "The answer has more than 30 words."),
    "talk": Check(HARD, "It is about the course, not about its subject."),
    "gap": Check(HARD, "The gap is no short name, or the rest of the sentence gives it away."),
    "options": Check(HARD, "The options are too few, too many, equal, or of very different lengths."),
    "only-key": Check(HARD, "A word of the question is in the right option only."),
    "all-of": Check(HARD, "One option speaks of all or none of the others."),
    "parts": Check(HARD, "It has too few or too many parts, or parts that cannot be told apart."),
    "absolute": Check(SOFT, "Only wrong options say always, never or only."),
    "long-question": Check(SOFT, "The question is long."),
    "long-answer": Check(SOFT, "The answer has more than 15 words."),
    "unfocused": Check(SOFT, "Many answers would be right."),
    "alike": Check(SOFT, "Another card asks nearly the same."),
}
"""By code, in the order in which they are told. `alike` compares cards with each other; `findings` makes all others."""
PRONOUN = re.compile(
    r"\b(?:it|they|them|this|these|those|there|we|us|our|he|she|my|(?:am|can|did|do|if|may|must|should) i)\b",
    re.IGNORECASE,
)
"""The first person alone may be a number, as in "World War I"."""
NO_PRONOUN = re.compile(
    r"\b(?:(?:is|was) it (?=(?:better|best|called|easier|easy|good|hard|important|known|necessary|possible|true"
    r"|useful)\b)|(?:is|are|was|were) there\b|this(?=:))",
    re.IGNORECASE,
)
"""As in "Why is it better to …?", "Which three kinds are there?", "Which term is this: …"."""
LEADING_PRONOUN = re.compile(r"(?:it|they|this|these|those|there|he|she|we)\b", re.IGNORECASE)
OWNER = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|`[^`]*`|\"[^\"]*\"")
EITHER_OR = re.compile(r"\b(?:which one|or)\b", re.IGNORECASE)
ALL_OF = re.compile(r"\b(?:all|none|both|neither) of (?:the )?(?:above|these|them)\b", re.IGNORECASE)
ABSOLUTE = re.compile(r"\b(?:always|never|only|all|none|every|must)\b", re.IGNORECASE)
DOUBLED = re.compile(r"\b([a-z]{2,}) \1\b(?<!that that)(?<!had had)", re.IGNORECASE)
UNFOCUSED = re.compile(
    r"What (?:can you do|does .* let you do|do you need|are the (?:types|ways|things))\b", re.IGNORECASE
)
LOOSE = re.compile(
    rf"\A(?:{any_of('loose starts')})\b|\b(?:{any_of('loose ends')})\Z|\A\(|\A\W*\Z|\$\$|:\Z|\bof the above\b"
    r"|\A(?:some \S+|some|many|several|various|lots of|other|more) \S+\Z"
    r"|\A(?:an? )?(?:wide|broad|large|huge|great) (?:range|variety|number|amount) of [^\n]*\Z",
    re.IGNORECASE,
)
"""A piece of a sentence, or an answer that says nothing."""
NO_MARKUP = re.compile(r"https?://|!\[|\]\(|<[a-z/]|\*\*")
SENTENCES = re.compile(r"[.?!:]\s+[A-Z`]")
SHORT_ANSWER = re.compile(r"(?:how many|can|do|does|is|are|has|have|may|must|will|which)\b", re.IGNORECASE)
SHORT_ANSWERS = ("yes", "no", "one", "none", "both")
FILLER, VAGUE = LISTS["filler"] | LISTS["generic"], LISTS["vague"] | LISTS["leaders"]
LONG_ASK, LONG_ANSWER, LONGEST_ANSWER, LONG_STEM = 20, 15, 30, 80


def findings(card: Card) -> tuple[list[str], list[str]]:
    """The codes of the hard and of the soft checks that a card does not pass."""
    found = set(_wrong(card))
    hard, soft = ([code for code, check in CHECKS.items() if check.hard is kind] for kind in (HARD, SOFT))
    return [code for code in hard if code in found], [code for code in soft if code in found]


def _wrong(card: Card) -> Iterator[str]:
    ask = filled(card.ask) if isinstance(card, Cloze) else card.ask
    both = f"{ask} | {answer_text(card)}"
    outside = QUOTED.sub("", both)
    if _has_pronoun(card, ask):
        yield "pronoun"
    if NO_MARKUP.search(both) or any(outside.count(a) != outside.count(b) for a, b in ("()", "[]", "{}")):
        yield "markup"
    if DOUBLED.search(both):
        yield "doubled"
    low = both.lower()
    if any(re.search(rf"(?<!\w){re.escape(talk)}(?!\w)", low) for talk in LISTS["talk"] if talk in low):
        yield "talk"
    if len(ask.split()) > (LONG_STEM if card.level == "exam" or not isinstance(card, Basic) else LONG_ASK):
        yield "long-question"
    if UNFOCUSED.match(ask):
        yield "unfocused"
    vague = all(word in FILLER or word.isdigit() for word in _words(ask))
    if vague and not isinstance(card, Choice | Match | Order | Cloze):
        yield "vague"
    match card:
        case Basic():
            yield from _wrong_answer(card)
        case Cloze() if _is_poor_gap(card.ask):
            yield "gap"
        case Choice() | Multiple():
            yield from _wrong_options(card, card.options)
        case Order(items=items) if not 3 <= len(items) <= 7:
            yield "parts"
        case Match(pairs=pairs) if not 3 <= len(pairs) == len({pair.right.lower() for pair in pairs}) <= 6:
            yield "parts"
        case Statements(statements=statements) if len({each.right for each in statements}) < 2:
            yield "parts"


def _words(text: str) -> list[str]:
    """The words that say something, short ones as well: "AKS", "Geo data"."""
    return [word for word in re.findall(r"[\w+#.-]+", text.lower()) if word not in LISTS["empty"]]


def _has_pronoun(card: Card, ask: str) -> bool:
    text = NO_PRONOUN.sub("", QUOTED.sub("", ask))
    if isinstance(card, Cloze) or SENTENCES.search(text):  # a situation names its subject as it goes
        return bool(LEADING_PRONOUN.match(text))
    head = re.split(r"\bif\b", text)[0]
    owner = OWNER.search(head)
    return bool(PRONOUN.search(head) or (owner and not words_of(head[: owner.start()])))


def _wrong_answer(card: Basic) -> Iterator[str]:
    text, low, length = card.answer.strip(), card.answer.strip().lower(), len(card.answer.split())
    answer, ask = ({word.strip(".-") for word in _words(part)} for part in (card.answer, card.ask))
    ask |= {part for word in ask for part in word.split("-")}
    if answer and answer <= ask and not EITHER_OR.search(card.ask):
        yield "shown"
    short = SHORT_ANSWER.match(card.ask) and low.rstrip(".") in SHORT_ANSWERS
    it = re.match(r"it\b", low) and "what happens if" not in card.ask.lower()
    if not short and (it or LOOSE.search(text) or low in VAGUE):
        yield "broken"
    said = card.source.quote.lower() if card.source else ""
    if said and any(word not in said for word in words_of(re.sub(r"[;,]", " ", card.answer))):
        yield "unsourced"
    if length > LONGEST_ANSWER:
        yield "paragraph"
    if length > LONG_ANSWER:
        yield "long-answer"


def _is_poor_gap(ask: str) -> bool:
    """Is the gap no short name, or does the rest of the sentence give it away?"""
    hidden, rest = gaps(ask), GAP.sub(" ", ask).lower()
    one = hidden[0] if len(hidden) == 1 else ""
    plain_word = one.islower() and len(one) < 5 and one.isalpha()
    visible = [word for word in re.findall(r"\w+", rest) if len(word) > 2 and word not in LISTS["empty"]]
    repeated = re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", rest)
    return not one or len(one.split()) > 4 or plain_word or len(visible) < 4 or bool(repeated)


def _wrong_options(card: Card, options: Sequence[Option]) -> Iterator[str]:
    texts, right = [option.text for option in options], [option.text for option in options if option.right]
    *_, next_longest, longest = lengths = sorted(map(len, texts))
    unlike = longest > 20 and longest > 2.5 * lengths[0]
    telling = max(map(len, right)) == longest > 20 and longest > 1.5 * next_longest
    if not 3 <= len({text.lower() for text in texts}) == len(texts) <= 6 or unlike or telling:
        yield "options"
    wrong = set[str]().union(*(words_of(option.text) for option in options if not option.right))
    if isinstance(card, Choice) and words_of(card.ask) & words_of(right[0]) - wrong:
        yield "only-key"
    if any(map(ALL_OF.search, texts)):
        yield "all-of"
    if isinstance(card, Multiple) and len(texts) - len(right) < 2:
        yield "parts"
    if {option.right for option in options if ABSOLUTE.search(option.text)} == {False}:
        yield "absolute"


def alike(cards: Sequence[Card]) -> set[int]:
    """Which cards ask nearly what an earlier one asks. Only cards that share a rare word are compared."""
    texts = [f"{filled(card.ask)} {answer_text(card)}".lower() for card in cards]
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
