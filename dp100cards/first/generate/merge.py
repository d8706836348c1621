"""Freshly generated cards, the generator's last output and the decks on disk, brought together.

Three inputs: base (what was generated last), ours (the deck, which a person may have edited) and theirs (what the notes
give now). Per card, per field: changed on one side, that side counts; changed on both, the person's stays and the
notes' is reported. What a person deleted or rejected stays away; what a person wrote is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dp100cards.cards import Card, Deck, Source
from dp100cards.first.generate.draft import MOST_ACTIVE, Draft
from dp100cards.first.generate.identity import match, mint
from dp100cards.first.generate.known import ACCEPTED, DELETED, GONE, HERE, REJECTED, RETIRED, SUGGESTED, Known
from dp100cards.first.generate.merged import Merged, one_card, telling
from dp100cards.first.generate.reword import Stated, fold, follow
from dp100cards.first.generate.route import Plan, route

MISTRUSTED = 3
"""A rule of which the learner rejected so many cards, and more than half, only suggests from then on."""


def merge(
    drafts: Sequence[Draft],
    known: Sequence[Known],
    decks: Iterable[Deck],
    plan: Plan,
    fresh_decks: frozenset[str] = frozenset(),
    statements: Iterable[Source] = (),
) -> Merged:
    """Bring the three together.

    `fresh_decks` are decks whose file is missing: their cards come back. `statements` are all the words that the notes
    state, also those of which no draft was made.
    """
    result = Merged()
    on_disk = {deck.name: deck for deck in decks}
    ours = {card.id: card for deck in on_disk.values() for card in deck.cards}
    stated = Stated([*(d.card.source for d in drafts if d.card.source), *statements])
    matches = match(drafts, known)
    taken = {each.id for each in known} | ours.keys()
    mistrusted = _mistrusted(known)
    placed: dict[str, list[Card]] = {}
    seen: set[str] = set()
    for n, draft in enumerate(drafts):
        before = matches.get(n)
        deck = route(draft, plan)
        id_ = before.id if before else mint(draft, deck, taken)
        card = replace(draft.card, id=id_, deck=deck, area=plan.area_of(deck, draft.card.source))
        if before and before.changed:
            card = telling(card, before.changed)
        seen.add(id_)
        state = _state(draft, before, ours, fresh_decks, mistrusted)
        doubts = (*draft.doubts, *(("you rejected most of its kind",) if draft.rule in mistrusted else ()))
        entry = Known(
            card, draft.rule, draft.fact.concept, draft.item, state, doubts, before.changed if before else ""
        )
        if state not in GONE:
            result.asked.append((draft.fact, id_))
        if state in GONE:
            result.stayed_away += 1
        elif state == SUGGESTED:
            result.suggested.append(entry)
        else:
            mine = ours.get(id_)
            merged, entry = one_card(entry, before, mine, result)
            if before and mine and mine.deck != before.card.deck:  # a person took it to another deck
                deck = mine.deck
                merged = replace(merged, deck=deck, area=plan.area_of(deck, draft.card.source))
            placed.setdefault(deck, []).append(merged)
        result.known.append(entry)
    _forgotten(known, seen, ours, placed, stated, result)
    generated = {each.id for each in result.known}
    result.decks = [
        _assembled(name, placed.get(name, []), on_disk.get(name), generated, plan)
        for name in plan.in_order({*placed, *on_disk})
    ]
    return result


def _state(
    draft: Draft,
    before: Known | None,
    ours: dict[str, Card],
    fresh: frozenset[str],
    mistrusted: frozenset[str],
) -> str:
    """What becomes of a draft: into its deck, to the suggestions, or away."""
    suggested = draft.tier == "suggested" or draft.rule in mistrusted
    if before is None or before.state == RETIRED:
        return SUGGESTED if suggested else HERE
    if before.state in GONE:
        return before.state
    if before.state == ACCEPTED:
        return HERE
    if before.state == SUGGESTED:
        return SUGGESTED if suggested else HERE
    if before.id not in ours and before.card.deck not in fresh:
        return DELETED
    return before.state  # in its deck, and there it stays, even if a rule doubts it now


def _mistrusted(known: Iterable[Known]) -> frozenset[str]:
    """The rules of whose cards the learner rejected most."""
    told: dict[str, list[bool]] = {}
    for each in known:
        if each.state in (REJECTED, ACCEPTED, HERE, DELETED):
            told.setdefault(each.rule, []).append(each.state in GONE)
    return frozenset(
        rule for rule, gone in told.items() if sum(gone) >= MISTRUSTED and sum(gone) * 2 > len(gone)
    )


def _forgotten(
    known: Sequence[Known],
    seen: set[str],
    ours: dict[str, Card],
    placed: dict[str, list[Card]],
    stated: Stated,
    result: Merged,
) -> None:
    """Known cards that no draft is any more.

    If the note still has the words, or has them lightly reworded, the card stays: only its neighbours changed, and with
    them what the rules make of it. Else it is retired, unless a person made it her own.
    """
    before_words = frozenset(fold(each.card.source.quote) for each in known if each.card.source)
    for before in known:
        if before.id in seen:
            continue
        card = ours.get(before.id)
        if before.state in GONE or before.state == RETIRED:
            result.known.append(before)
        elif before.state == SUGGESTED:
            continue  # never seen by the learner: nothing hangs on it
        elif card is not None and (followed := _followed(before.card, stated, before_words)):
            entry, merged = _stayed(before, card, followed, result)
            _in_place(placed.setdefault(card.deck, []), merged)
            _make_room(merged, placed, result)
            result.known.append(entry)
        elif card is not None and _edited(before.card, card):
            result.orphans.append(card)  # not known any more: nothing generated will touch it again
        else:
            gone = replace(before, state=RETIRED)
            result.known.append(gone)
            if card is not None:
                result.retired.append(gone)


def _followed(card: Card, stated: Stated, before_words: frozenset[str]) -> Card | None:
    """The card as the notes would have it now, though no rule makes it; None if its fact is gone."""
    if card.source is None:
        return None
    here = stated.exactly(card.source)
    if here is not None:
        return replace(card, source=here)
    reworded = stated.nearly(card.source, before_words)
    return follow(card, reworded) if reworded else None


def _stayed(before: Known, ours: Card, followed: Card, result: Merged) -> tuple[Known, Card]:
    """A card that stays though no rule makes it, in its deck, with the words as they are now."""
    entry = replace(before, card=replace(followed, deck=before.card.deck, area=before.card.area))
    deck, area = ours.deck, ours.area
    merged, entry = one_card(entry, before, ours, result)
    return entry, replace(merged, deck=deck, area=area)


def _make_room(card: Card, placed: dict[str, list[Card]], result: Merged) -> None:
    """Of one sentence no more cards than a build would make: what is new gives way to what was learned."""
    same = [each for cards in placed.values() for each in cards if words(each) == words(card)]
    new = [each for each in result.new if words(each) == words(card)]
    if len(same) > MOST_ACTIVE and new:
        away = new[-1]
        result.new.remove(away)
        for cards in placed.values():
            cards[:] = [each for each in cards if each.id != away.id]
        result.known[:] = [each for each in result.known if each.id != away.id]
        result.asked[:] = [(fact, id_) for fact, id_ in result.asked if id_ != away.id]


def words(card: Card) -> str:
    """The words of the note that a card comes from."""
    return " ".join(card.source.quote.casefold().split()) if card.source else ""


def _in_place(cards: list[Card], card: Card) -> None:
    """Put a card behind the last one of its deck that comes from the same words, or from an earlier line."""
    same = [n for n, each in enumerate(cards) if words(each) == words(card)]
    earlier = [n for n, each in enumerate(cards) if _where(each) <= _where(card)]
    cards.insert((same or earlier or [-1])[-1] + 1, card)


def _where(card: Card) -> tuple[str, int]:
    return (card.source.note, card.source.lines[0]) if card.source else ("", 0)


def _edited(base: Card, ours: Card) -> bool:
    return replace(ours, source=base.source, area=base.area, deck=base.deck) != base


def _assembled(name: str, cards: list[Card], before: Deck | None, generated: set[str], plan: Plan) -> Deck:
    """A deck: the generated cards in the order of the notes, a person's own after the card that they stood after."""
    title, area = plan.title_of(name), plan.deck_area(name)
    if before is None:
        return Deck(name, title, area, tuple(cards))
    order = list(cards)
    at = {card.id: n for n, card in enumerate(order)}
    after: dict[int, list[Card]] = {}
    last = -1
    for card in before.cards:
        if card.id in at:
            last = at[card.id]
        elif card.id not in generated:
            after.setdefault(last, []).append(card)
    own_first = after.get(-1, [])
    assembled = [*own_first, *(each for n, card in enumerate(order) for each in (card, *after.get(n, [])))]
    kept_title = before.title if before.title != before.name else title
    return Deck(name, kept_title, before.area or area, tuple(assembled), before.scenarios)
