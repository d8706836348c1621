"""The one quality gate: what is wrong with a card, as codes with a sentence for the learner.

A hard check drops a card that rules made or an assistant drafted; a soft one lets it be asked later. A question that
a person wrote is never dropped: for it every finding is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dp100cards.cards import GAP, Basic, Card, Choice, Cloze, Match, Multiple, Order, Statements, filled, gaps
from dp100cards.generate.draft import words_of
from dp100cards.generate.words import answer_text
from dp100cards.notes.words import LISTS, any_of

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
LOOSE_START = re.compile(rf"(?:{any_of('loose starts')})\b", re.IGNORECASE)
LOOSE_END = re.compile(rf"\b(?:{any_of('loose ends')})\Z", re.IGNORECASE)
VAGUE = re.compile(
    r"(?:(?:some \S+|some|many|several|various|lots of|other|more) \S+)"
    r"|(?:an? )?(?:wide|broad|large|huge|great) (?:range|variety|number|amount|deal) of .*",
    re.IGNORECASE,
)
NO_MARKUP = re.compile(r"https?://|!\[|\]\(|<[a-z/]|\*\*")
SENTENCES = re.compile(r"[.?!:]\s+[A-Z`]")
SHORT_ANSWER = re.compile(r"(?:how many|can|do|does|is|are|has|have|may|must|will|which)\b", re.IGNORECASE)
EMPTY, FILLER = LISTS["empty"], LISTS["filler"]
LONG_ASK, LONG_ANSWER, LONGEST_ANSWER, LONG_STEM = 20, 15, 30, 80
Test = Callable[[Card], bool]


@dataclass(frozen=True)
class Check:
    """One check: its code, whether it drops a card, and what it says to the learner."""

    code: str
    hard: bool
    sentence: str
    wrong: Test


CHECKS: dict[str, Check] = {}
"""By code, in the order in which they are made. `alike` compares cards with each other: see `alike`."""


def _check(code: str, sentence: str, *, hard: bool = True) -> Callable[[Test], Test]:
    def kept(wrong: Test) -> Test:
        CHECKS[code] = Check(code, hard, sentence, wrong)
        return wrong

    return kept


def _ask(card: Card) -> str:
    return filled(card.ask) if isinstance(card, Cloze) else card.ask


def _words(text: str) -> list[str]:
    """The words that say something, short ones as well: "AKS", "Geo data"."""
    return [word for word in re.findall(r"[\w+#.-]+", text.lower()) if word not in EMPTY]


@_check("pronoun", "The question does not name its subject.")
def _pronoun(card: Card) -> bool:
    text = QUOTED.sub("", _ask(card)).replace("this:", "").replace("is it true", "")
    text = IMPERSONAL.sub("", text)
    if isinstance(card, Cloze) or SENTENCES.search(text):  # a situation names its subject as it goes
        return bool(re.match(r"(?:it|they|this|these|those|there|he|she|we)\b", text, re.IGNORECASE))
    head = re.split(r"\bif\b", text)[0]
    owner = re.search(r"\b(?:its|their|his|her)\b", head, re.IGNORECASE)
    return bool(PRONOUN.search(head) or (owner and not words_of(head[: owner.start()])))


@_check("shown", "The answer is in the question.")
def _shown(card: Card) -> bool:
    if not isinstance(card, Basic) or EITHER_OR.search(card.ask):
        return False
    answer, ask = ({word.strip(".-") for word in _words(text)} for text in (card.answer, card.ask))
    return bool(answer) and answer <= ask


@_check("markup", "It contains an address, a picture or an open bracket.")
def _markup(card: Card) -> bool:
    outside = QUOTED.sub("", text := f"{_ask(card)} {answer_text(card)}")
    odd = any(outside.count(a) != outside.count(b) for a, b in ("()", "[]", "{}"))
    return odd or bool(NO_MARKUP.search(text))


@_check("doubled", "A word is repeated.")
def _doubled(card: Card) -> bool:
    return bool(DOUBLED.search(f"{_ask(card)} | {answer_text(card)}"))


@_check("vague", "The question could be about anything.")
def _vague(card: Card) -> bool:
    if isinstance(card, Choice | Match | Order | Cloze):
        return False
    return all(word in FILLER or word in LISTS["generic"] or word.isdigit() for word in _words(card.ask))


@_check("broken", "The answer is only a piece of a sentence.")
def _broken(card: Card) -> bool:
    if not isinstance(card, Basic):
        return False
    text, low = card.answer.strip(), card.answer.strip().lower()
    if SHORT_ANSWER.match(card.ask) and low.rstrip(".") in ("yes", "no", "one", "none", "both"):
        return False
    it = re.match(r"it\b", low) and "what happens if" not in card.ask.lower()
    vague = low in LISTS["vague"] or low in LISTS["leaders"] or VAGUE.fullmatch(text)
    no_words = not re.search(r"\w", text) or text.startswith("(") or "$$" in text
    return bool(it or vague or no_words or LOOSE_START.match(text) or LOOSE_END.search(text))


@_check("unsourced", "A word of the answer is not in the note.")
def _unsourced(card: Card) -> bool:
    if not isinstance(card, Basic) or card.source is None or not card.source.quote:
        return False
    said = card.source.quote.lower()
    return any(word not in said for word in words_of(re.sub(r"[;,]", " ", card.answer)))


@_check("paragraph", "The answer has more than 30 words.")
def _paragraph(card: Card) -> bool:
    return isinstance(card, Basic) and len(card.answer.split()) > LONGEST_ANSWER


@_check("talk", "It is about the course, not about its subject.")
def _talk(card: Card) -> bool:
    text = f"{_ask(card)} {answer_text(card)}".lower()
    return any(re.search(rf"(?<!\w){re.escape(talk)}(?!\w)", text) for talk in LISTS["talk"] if talk in text)


@_check("gap", "The gap is no short name, or the rest of the sentence gives it away.")
def _gap(card: Card) -> bool:
    if not isinstance(card, Cloze):
        return False
    hidden, rest = gaps(card.ask), GAP.sub(" ", card.ask).lower()
    one = hidden[0] if len(hidden) == 1 else ""
    plain_word = one.islower() and len(one) < 5 and one.isalpha()
    visible = [word for word in re.findall(r"\w+", rest) if len(word) > 2 and word not in EMPTY]
    repeated = bool(one) and re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", rest)
    return not one or len(one.split()) > 4 or plain_word or len(visible) < 4 or bool(repeated)


@_check("options", "The options are too few, too many, equal, or of very different lengths.")
def _options(card: Card) -> bool:
    if not isinstance(card, Choice | Multiple):
        return False
    texts = [option.text for option in card.options]
    lengths = sorted(map(len, texts))
    unlike = lengths[-1] > 20 and lengths[-1] > 2.5 * lengths[0]
    key = max(len(option.text) for option in card.options if option.right)
    telling = key == lengths[-1] and key > 20 and key > 1.5 * lengths[-2]
    return not 3 <= len(texts) <= 6 or len({text.lower() for text in texts}) < len(texts) or unlike or telling


@_check("only-key", "A word of the question is in the right option only.")
def _only_key(card: Card) -> bool:
    if not isinstance(card, Choice):
        return False
    others = set().union(*(words_of(option.text) for option in card.options if not option.right))
    return bool((words_of(card.ask) & words_of(answer_text(card))) - others)


@_check("all-of", "One option speaks of all or none of the others.")
def _all_of(card: Card) -> bool:
    return isinstance(card, Choice | Multiple) and any(ALL_OF.search(option.text) for option in card.options)


@_check("parts", "It has too few or too many parts, or parts that cannot be told apart.")
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


@_check("absolute", "Only wrong options say always, never or only.", hard=False)
def _absolute(card: Card) -> bool:
    if not isinstance(card, Choice | Multiple):
        return False
    return {option.right for option in card.options if ABSOLUTE.search(option.text)} == {False}


@_check("long-question", "The question is long.", hard=False)
def _long_question(card: Card) -> bool:
    most = LONG_STEM if card.level == "exam" or not isinstance(card, Basic) else LONG_ASK
    return len(_ask(card).split()) > most


@_check("long-answer", "The answer has more than 15 words.", hard=False)
def _long_answer(card: Card) -> bool:
    return isinstance(card, Basic) and len(card.answer.split()) > LONG_ANSWER


@_check("unfocused", "Many answers would be right.", hard=False)
def _unfocused(card: Card) -> bool:
    return bool(UNFOCUSED.match(card.ask))


CHECKS["alike"] = Check("alike", False, "Another card asks nearly the same.", lambda _: False)


def findings(card: Card) -> tuple[list[str], list[str]]:
    """The codes of the hard and of the soft checks that a card does not pass."""
    found = [check for check in CHECKS.values() if check.wrong(card)]
    return [check.code for check in found if check.hard], [check.code for check in found if not check.hard]


def alike(cards: Sequence[Card]) -> set[int]:
    """Which cards ask nearly what an earlier one asks. Only cards that share a rare word are compared."""
    texts = [f"{_ask(card)} {answer_text(card)}".lower() for card in cards]
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
