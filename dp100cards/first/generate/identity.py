"""Which draft is which card of before: ids live as long as their facts, whatever becomes of the words.

Drafts and known cards are matched one to one, in stages: what is the same to the letter first, then what has the
same question or the same words of the note, then what is alike. A doubtful match is none: a new card is better than
somebody else's history. Between equal candidates the nearer one in the notes wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.ids import id_from
from dp100cards.first.generate.known import SUGGESTED, Known
from dp100cards.first.generate.stems import stems, telling

ALIKE = 0.72
"""From this likeness on, two cards of one rule and one concept are one card reworded."""

SHARED = 0.5
"""The part of the shorter text's telling stems that two wordings of one fact have in common at least."""

Matches = dict[int, Known]
"""For the place of each draft in its list, the known card that it is."""


def match(drafts: Sequence[Draft], known: Iterable[Known]) -> Matches:
    """Which known card each draft is; drafts without one are new."""
    matches: Matches = {}
    known = list(known)
    if not known:
        return matches  # the first build: what compares words need not even be loaded
    left = {each.id: each for each in known}
    for stage in (
        _same_in_all,
        _same_card,
        _same_question_and_words,
        _same_words,
        _same_question,
        _same_meaning,
    ):
        _exactly(drafts, left, matches, stage)
    _same_but_for_numbers(drafts, known, left, matches)
    _alike(drafts, left, matches)
    return matches


Key = Callable[[Card, str, str, str], Hashable]
"""What two cards must share at a stage: from the card, its rule, its concept and its item, numbers masked."""


def _same_in_all(card: Card, rule: str, concept: str, item: str) -> Hashable:
    """The same card to the letter, but for its place: so that building again changes nothing."""
    said = [value for name, value in vars(card).items() if name not in _PLACE]
    return rule, item, concept, type(card), *said, _quote(card)


_PLACE = frozenset(["id", "deck", "area", "source"])
"""The fields that say where a card stands, and not what it is."""


def _same_card(card: Card, rule: str, concept: str, item: str) -> Hashable:
    return card.kind, rule, item, _fold(concept), _fold(card.ask), _fold(answer_text(card)), _quote(card)


def _same_question_and_words(card: Card, rule: str, concept: str, item: str) -> Hashable:
    return card.kind, rule, _fold(card.ask), _quote(card)


def _same_words(card: Card, rule: str, concept: str, item: str) -> Hashable:
    """The note's very words: what a renamed heading or another distractor leaves alone."""
    words = _quote(card)
    return (card.kind, rule, item, _fold(concept) if len(words.split()) < 4 else "", words) if words else None


def _same_question(card: Card, rule: str, concept: str, item: str) -> Hashable:
    """The same question about the same concept, and words of the note that differ only a little: see `_fits`."""
    return card.kind, rule, item, _fold(concept), _fold(card.ask)


def _same_meaning(card: Card, rule: str, concept: str, item: str) -> Hashable:
    """The same concept, item and content words of the answer."""
    told = telling(answer_text(card))
    return (card.kind, rule, item, _fold(concept), told) if len(told) >= 2 and concept else None


def _exactly(drafts: Sequence[Draft], left: dict[str, Known], matches: Matches, key: Key) -> None:
    """Match what shares a key; of several the nearest in the notes."""
    if not left:
        return
    shelf: dict[Hashable, list[Known]] = defaultdict(list)
    for each in left.values():
        found = key(each.card, each.rule, each.concept, _masked(each.item))
        if found is not None:
            shelf[found].append(each)
    for n, draft in enumerate(drafts):
        if n in matches:
            continue
        found = key(draft.card, draft.rule, draft.fact.concept, _masked(draft.item))
        candidates = [each for each in shelf.get(found, ()) if each.id in left] if found is not None else []
        if key in (_same_question, _same_meaning):
            candidates = [each for each in candidates if _fits(draft, each)]
        elif key in (_same_question_and_words, _same_words):
            answer = answer_text(draft.card)
            candidates = [each for each in candidates if not _names_differ(answer, answer_text(each.card))]
        if key is _same_question:
            candidates = [each for each in candidates if _share_words(draft.card, each.card)]
        if candidates:
            matches[n] = left.pop(_best(draft, candidates).id)


def _best(draft: Draft, candidates: list[Known]) -> Known:
    """The nearest of some; of those that are as near the one whose turn it is."""
    if len(candidates) > 1:  # in notes that repeat themselves there are many, and turns take long to tell
        near = [_nearness(draft, each) for each in candidates]
        nearest = min(near)
        candidates = [each for each, far in zip(candidates, near, strict=True) if far == nearest]
    if len(candidates) > 1:
        return min(candidates, key=lambda each: (_turn(draft, each), each.id))
    return candidates[0]


def _same_but_for_numbers(
    drafts: Sequence[Draft], known: Sequence[Known], left: dict[str, Known], matches: Matches
) -> None:
    """Match what is the same but for its numbers, where nothing else of before or now is: a new number, a new answer.

    Of "tier 1 has 10 GB" and "tier 2 has 20 GB" neither is matched so: which one became "tier 3" is a guess.
    """
    if not left:
        return

    def key(card: Card, rule: str, concept: str, item: str) -> Hashable:
        return card.kind, rule, _masked(item), _masked(concept), _masked(card.ask), _masked(_quote(card))

    before: dict[Hashable, list[Known]] = defaultdict(list)
    for each in known:
        before[key(each.card, each.rule, each.concept, each.item)].append(each)
    now: dict[Hashable, list[int]] = defaultdict(list)
    for n, draft in enumerate(drafts):
        now[key(draft.card, draft.rule, draft.fact.concept, draft.item)].append(n)
    for found, places in now.items():
        candidates = before.get(found, [])
        if len(places) == len(candidates) == 1 and places[0] not in matches and candidates[0].id in left:
            matches[places[0]] = left.pop(candidates[0].id)


def _nearness(draft: Draft, known: Known) -> tuple[int, bool]:
    """How near a known card is: lines between the two, then whether one is suggested and the other not."""
    return _distance(draft.card, known.card), (draft.tier == "suggested") != (known.state == SUGGESTED)


def _fits(draft: Draft, known: Known) -> bool:
    """May the two be one fact, as far as numbers and names tell?

    A number may change where all other words stay ("kernel 3.6" → "kernel 3.8": the same fact, a new answer); where
    words change too, or names do, it is another fact.
    """
    one, two = _words(draft.card), _words(known.card)
    if _masked(one) == _masked(two):
        return True
    said, known_said = _said(draft.card), _said(known.card)
    return (
        _numbers(one) == _numbers(two) and not _names_differ(one, two) and not _names_differ(said, known_said)
    )


def _alike(drafts: Sequence[Draft], left: dict[str, Known], matches: Matches) -> None:
    """Match what is alike in words and place, the best pairs first."""
    if not left:
        return
    from rapidfuzz.fuzz import ratio, token_sort_ratio

    shelf: dict[Hashable, list[Known]] = defaultdict(list)
    for each in left.values():
        shelf[each.card.kind, each.rule, _masked(each.item)].append(each)
    pairs: list[tuple[float, int, int, str]] = []
    for n, draft in enumerate(drafts):
        if n in matches:
            continue
        card = draft.card
        for each in shelf.get((card.kind, draft.rule, _masked(draft.item)), ()):
            if _distance(card, each.card) > 400 or not _same_concept(
                draft.fact.concept, each.concept, card, each.card
            ):
                continue
            if not _fits(draft, each):
                continue
            quote = token_sort_ratio(_quote(card), _quote(each.card)) / 100
            front = ratio(_fold(card.ask), _fold(each.card.ask)) / 100
            back = ratio(_fold(answer_text(card)), _fold(answer_text(each.card))) / 100
            score = 0.45 * quote + 0.25 * front + 0.30 * back
            if score >= ALIKE and (back >= 0.5 or quote >= 0.85):
                pairs.append((-score, _distance(card, each.card), n, each.id))
    for _, _, n, id_ in sorted(pairs):
        if n not in matches and id_ in left:
            matches[n] = left.pop(id_)


def _same_concept(one: str, two: str, card: Card, other: Card) -> bool:
    """One concept, or one whose heading was reworded while the note's words stayed nearly the same."""
    a, b = stems(one), stems(two)
    if a == b or (a and b and (a <= b or b <= a)):
        return True
    from rapidfuzz.fuzz import ratio

    return ratio(_quote(card), _quote(other)) >= 90


def _distance(card: Card, other: Card) -> int:
    """How far apart two cards' sources stand: lines in one note, or far."""
    if card.source is None or other.source is None or card.source.note != other.source.note:
        return 300
    return abs(card.source.lines[0] - other.source.lines[0])


def answer_text(card: Card) -> str:
    """The right answer as text, for comparing."""
    match card:
        case Basic(answer=answer):
            return answer
        case Choice(options=options) | Multiple(options=options):
            return "\n".join(sorted(option.text for option in options if option.right))
        case Order(items=items):
            return "\n".join(items)
        case Match(pairs=pairs):
            return "\n".join(f"{pair.left}\t{pair.right}" for pair in pairs)
        case Statements(statements=statements):
            return "\n".join(f"{s.text}\t{s.right}" for s in statements)
        case Cloze(ask=text) | Code(code=text):
            return "\n".join(gaps(text))
    raise TypeError(f"no such kind of card: {card!r}")


_MARKS = re.compile(r"[`*_“”\"]")


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return " ".join(_MARKS.sub("", text).casefold().split()).rstrip(".")


def _quote(card: Card) -> str:
    return _fold(card.source.quote) if card.source else ""


def _words(card: Card) -> str:
    """All that tells one fact from another: the note's words, the question, the answer."""
    return f"{card.source.quote if card.source else ''} {card.ask} {answer_text(card)}"


def _said(card: Card) -> str:
    """The note's words and the answer, without the question."""
    return f"{card.source.quote if card.source else ''} {answer_text(card)}"


def _share_words(card: Card, other: Card) -> bool:
    """Have the note's words, or the answers, a good part in common? The same question may be asked of another fact."""
    for one, two in ((_quote(card), _quote(other)), (answer_text(card), answer_text(other))):
        a, b = telling(one), telling(two)
        if a and b and len(a & b) >= SHARED * min(len(a), len(b)) and a & b:
            return True
    return False


_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _masked(text: str) -> str:
    return _NUMBER.sub("0", _fold(text))


def _names(text: str) -> frozenset[str]:
    """Words that are names: a capital inside, or at the start of a word that opens no sentence."""
    found = re.findall(r"(?<![.!?:]\s)(?<!^)\b([A-Z][\w#+]*)|\b([a-z]+[A-Z]\w*|[A-Z]{2,}\w*)", text)
    return frozenset(word.casefold().rstrip("s") for pair in found for word in pair if word)


def _names_differ(one: str, two: str) -> bool:
    """Does each name something that the other does not?"""
    a, b = _names(one), _names(two)
    folded_one, folded_two = one.casefold(), two.casefold()
    return any(name not in folded_two for name in a - b) and any(name not in folded_one for name in b - a)


def mint(draft: Draft, deck: str, taken: set[str]) -> str:
    """A new id that no card ever had; it is added to `taken`. Minted once, then kept: never computed again."""
    for counter in range(10_000):
        id_ = _minted(draft, deck, counter)
        if id_ not in taken:
            taken.add(id_)
            return id_
    raise AssertionError("ten thousand ids cannot all be taken")


def _minted(draft: Draft, deck: str, counter: int) -> str:
    """The id that a draft gets in a deck where `counter` equal ones have got theirs."""
    card = draft.card
    seed: list[Any] = [deck, card.kind, draft.rule, draft.item, draft.fact.concept, _quote(card), card.ask]
    return id_from(deck, "\n".join(map(str, [*seed, counter])))


EQUALS = 4
"""Of so many equal cards of one line the order is known."""


def _turn(draft: Draft, known: Known) -> int:
    """Which of equal cards a known one was: the first draft is the first of them again."""
    ids = (_minted(draft, known.card.deck, counter) for counter in range(EQUALS))
    return next((n for n, id_ in enumerate(ids) if id_ == known.id), EQUALS)
