"""Fresh drafts, the generator's last output and the decks on disk, brought together.

Three inputs: base (what was generated last), ours (the deck, which a person may have edited) and theirs (what the notes
give now). By card and field: changed on one side, that side counts; changed on both, the person's stays and the notes'
is reported. What a person deleted or rejected stays away; what a person wrote is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain

from dp100cards.cards import Card, Deck, Scenario, Source, filled
from dp100cards.generate import identity
from dp100cards.generate.draft import EXPLICIT, Draft, Drafts, with_places
from dp100cards.generate.identity import AWAY, DELETED, HERE, KEPT, REJECTED, RETIRED, Known
from dp100cards.generate.pipeline import Plan
from dp100cards.generate.words import WORD, Stated, answer_text, fold, numbers, stems

Heads = Mapping[str, tuple[str, str]]
"""The title and the area of each deck, by its name."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a learner decided about cards in sessions: the semantic key of each card, by its id."""

    rejected: Mapping[str, str] = field(default_factory=dict)
    restored: Mapping[str, str] = field(default_factory=dict)
    """What was rejected once and is not any more."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """An id that waits for its card: a person's list of which fact an id of before belongs to (`ids.yaml`)."""

    id: str
    deck: str = ""
    ask: str = ""
    answer: str = ""
    item: str = ""
    """The number of the item, as its heading has it."""

    def means(self, draft: Draft, deck: str) -> bool:
        labels = {label for heading in draft.headings[-1:] for label in re.findall(r"[\w.-]+", heading)}
        return (
            self.deck in ("", deck)
            and (not self.item or self.item in labels)
            and _words(self.ask) <= _words(draft.card.ask)
            and _words(self.answer) <= _words(answer_text(draft.card))
            and bool(self.item or self.ask or self.answer)
        )


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both a person and the notes changed; the person's stays."""

    id: str
    field: str
    ours: object
    theirs: object


@dataclass(slots=True)
class Merged:
    """The outcome: the decks to write, what the generator knows now, and what happened to which card."""

    decks: list[Deck] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    heads: Heads = field(default_factory=dict)
    new: list[Card] = field(default_factory=list)
    back: list[Card] = field(default_factory=list)
    """Cards whose fact was gone, or that were rejected, and that are here again."""
    changed: list[tuple[Card, Card]] = field(default_factory=list)
    """Cards whose words changed, before and after."""
    relearn: list[str] = field(default_factory=list)
    """Cards whose answer changed: what was learned is no longer right."""
    kept: int = 0
    retired: list[Card] = field(default_factory=list)
    own: list[Card] = field(default_factory=list)
    """Cards that a person edited and whose fact is gone now: they stay."""
    stayed_away: int = 0
    """Drafts that are a rejected or deleted card again."""
    conflicts: list[Conflict] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)
    """The id of a card in the decks and the code of a soft check that it does not pass."""
    adopted: int = 0
    """Cards of the decks that no manifest knew and that are drafts."""
    unclaimed: list[Reserved] = field(default_factory=list)
    """Reserved ids for which there is no card, or no single one."""


@dataclass
class Merge:
    """What is brought together; `run` does it."""

    drafts: Drafts
    known: Sequence[Known] = ()
    decks: Sequence[Deck] = ()
    plan: Plan = field(default_factory=Plan)
    heads: Heads = field(default_factory=dict)
    """The decks' heads as generated last."""
    verdicts: Verdicts = field(default_factory=Verdicts)
    reserved: Sequence[Reserved] = ()
    lost_decks: frozenset[str] = frozenset()
    """Decks of which the file is missing: their cards come back."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """In these texts a card that no draft is any more may still have its words."""
    adopt: bool = False
    """Are cards of the decks of which nothing is known taken as they are, also where they are a draft reworded?"""

    def __post_init__(self) -> None:
        self.disk = {deck.name: deck for deck in self.decks}
        self.ours = {card.id: card for deck in self.decks for card in deck.cards}
        self.given = _once(self.drafts.drafts)
        self.strays = self._strays()
        self.taken = {each.id for each in self.known} | self.ours.keys()
        self.rejected_keys = frozenset(self.verdicts.rejected.values()) - {""}
        self.placed: dict[str, list[Card]] = {}
        self.result = Merged()

    def _strays(self) -> dict[str, Known]:
        """Cards of the decks of which the manifest knows nothing although they are a draft to the letter, by id.

        They are known from now on, lest each be made a second time. With `adopt` likeness is enough.
        """
        names = {each.id for each in self.known}
        made = {_letters(draft.card) for draft in self.given}
        own = (c for i, c in self.ours.items() if i not in names and c.source and c.source.note)
        return {card.id: Known(card, "") for card in own if self.adopt or _letters(card) in made}

    def run(self) -> Merged:
        drafts, plan, result = self.given, self.plan, self.result
        given = [
            Known(d.card, d.template, d.concept, identity.semantic_key(d.card, d.template, d.concept))
            for d in drafts
        ]
        matches = identity.match(given, [*self.known, *self.strays.values()])
        names = plan.place(drafts)
        result.heads = plan.heads(drafts, names)
        claimed = self._claimed(matches, names)
        scenarios: dict[tuple[str, str], str] = {}
        for n, (draft, deck, entry) in enumerate(zip(drafts, names, given, strict=True)):
            before = matches.get(n)
            id_ = before.id if before else claimed.get(n) or identity.mint(entry, deck, self.taken)
            area = plan.area_of(draft, result.heads[deck][1])
            card = replace(draft.card, id=id_, deck=deck, area=area)
            entry = replace(entry, card=with_places(_in_scenario(card, scenarios)))
            result.adopted += id_ in self.strays
            if self._one(entry, entry if id_ in self.strays else before):
                result.hints += [(id_, code) for code in draft.hints]
        return self._finished()

    def bring(self, theirs: Iterable[Known], heads: Heads) -> Merged:
        """Bring a newer edition of the collection together with this one: what it knows has its ids already."""
        before, self.result.heads = {each.id: each for each in self.known}, heads
        for entry in theirs:
            self._one(entry, before.get(entry.id))
        return self._finished()

    def _finished(self) -> Merged:
        result, seen = self.result, {each.id for each in self.result.known}
        for before in self.known:
            if before.id not in seen:
                self._without_draft(before)
        generated = {each.id for each in result.known if each.state != KEPT}
        used = self.disk.keys() | {name for name, cards in self.placed.items() if cards}
        result.decks = [self._assembled(name, generated) for name in self.plan.in_order(used)]
        return result

    def _claimed(self, matches: Mapping[int, Known], names: Sequence[str]) -> dict[int, str]:
        """The reserved id of each draft that has one: by the one new draft that is meant."""
        claimed: dict[int, str] = {}
        for each in self.reserved:
            if each.id in self.taken:
                continue
            self.taken.add(each.id)
            free = (n for n in range(len(names)) if n not in matches and n not in claimed)
            found = [n for n in free if each.means(self.given[n], names[n])]
            if len(found) == 1:
                claimed[found[0]] = each.id
            else:
                self.result.unclaimed.append(each)
        return claimed

    def _one(self, entry: Known, before: Known | None) -> bool:
        """One draft with its id: away, new, or merged into its deck. Gives whether it is in a deck."""
        result, mine = self.result, self.ours.get(entry.id)
        entry = replace(entry, state=self._state(entry, before, mine))
        if before and before.changed:
            entry = _telling(entry, before.changed)
        if entry.state in AWAY:
            result.stayed_away += 1
            edited = before and mine and _edited(before.card, mine)
            result.known.append(replace(entry, mine=mine if edited else before.mine if before else None))
            return False
        if before is None:
            result.new.append(entry.card)
            merged = entry.card
        elif mine is None:
            merged = before.mine or entry.card
            result.back.append(merged)
        else:
            merged, entry = self._merged(entry, before, mine)
        self.placed.setdefault(merged.deck, []).append(merged)
        result.known.append(entry)
        return True

    def _state(self, entry: Known, before: Known | None, mine: Card | None) -> str:
        """What becomes of a draft: into its deck, or away."""
        if entry.id in self.verdicts.rejected or entry.key in self.rejected_keys:
            return REJECTED
        if before is None or before.state == RETIRED:
            return HERE
        if before.state == REJECTED:
            again = entry.id in self.verdicts.restored or entry.key in self.verdicts.restored.values()
            return HERE if again else REJECTED
        if before.state == DELETED or (mine is None and before.card.deck not in self.lost_decks):
            return DELETED
        return HERE

    def _merged(self, entry: Known, before: Known, ours: Card) -> tuple[Card, Known]:
        """One card of a deck, field by field, and what is known of it now."""
        base, theirs, result = before.card, entry.card, self.result
        kept_kind = type(ours) if type(ours) is not type(base) else type(theirs)
        values: dict[str, object] = {}
        for name in (each.name for each in fields(kept_kind)):
            old, mine, new = (getattr(card, name, None) for card in (base, ours, theirs))
            mine_stays = hasattr(ours, name) and (mine != old or not hasattr(theirs, name))
            values[name] = mine if mine_stays else new
            if mine_stays and name != "source" and new not in (old, mine):
                result.conflicts.append(Conflict(entry.id, name, mine, new))
        if kept_kind is not type(theirs) and answer_text(theirs) != answer_text(base):
            result.conflicts.append(Conflict(entry.id, "answer", answer_text(ours), answer_text(theirs)))
        merged = kept_kind(**values)  # type: ignore[arg-type]
        if _answer_changed(base, theirs) and answer_text(merged) != answer_text(ours):
            entry = _telling(entry, " – ".join(answer_text(base).replace("\n", "; ").split("\t")))
            merged = replace(merged, shows=entry.card.shows) if ours.shows == base.shows else merged
            result.relearn.append(entry.id)
        if _same(merged, ours):
            result.kept += 1
        else:
            result.changed.append((ours, merged))
        return merged, entry

    def _without_draft(self, before: Known) -> None:
        """A known card that no draft is any more: it stays while the notes have its words, or if a person edited it."""
        result, mine, entry = self.result, self.ours.get(before.id), before
        lost, edited = before.card.deck in self.lost_decks, bool(mine and _edited(before.card, mine))
        if before.id in self.verdicts.rejected:
            entry = replace(before, state=REJECTED, mine=mine if edited else before.mine)
        elif before.state in AWAY:
            pass
        elif mine is None and not lost and before.state != RETIRED:
            # Gone with its note, or left out by a build that was killed: nobody took it out of the deck for good.
            entry = replace(before, state=DELETED if self._still(before) else RETIRED)
        elif still := self._still(before):
            entry = replace(before, card=still, state=HERE)
            if mine:
                still, entry = self._merged(entry, before, mine)
            else:
                result.back.append(still)
            _in_place(self.placed.setdefault(still.deck, []), still)
        elif mine and (edited or before.state == KEPT):
            result.own += [mine] if before.state != KEPT else []
            entry = replace(before, state=KEPT)
        else:
            result.retired += [mine] if mine else []
            entry = replace(before, state=RETIRED)
        result.known.append(entry)

    def _still(self, before: Known) -> Card | None:
        """The card where its words are now, if the notes have them, perhaps lightly reworded."""
        card = before.card
        cites = card.source and fold(card.source.quote) not in fold(filled(card.ask))
        # Where a question quotes another note, the quote stays in there when the question is taken out.
        asked = Source(quote=filled(card.ask).split("?")[0])
        if before.template == EXPLICIT and cites and not self._stated.find(asked):
            return None
        source = (card.source and self._stated.find(card.source)) or self._reworded.find(card)
        return replace(card, source=source) if source else None

    @cached_property
    def _stated(self) -> Stated:
        return Stated(self.notes)

    @cached_property
    def _reworded(self) -> identity.Reworded:
        before = (each.card.source.quote for each in self.known if each.card.source)
        return identity.Reworded(self.drafts.statements, before)

    def _assembled(self, name: str, generated: set[str]) -> Deck:
        """A deck: the generated cards in the order of the notes, a person's own behind the card that they followed."""
        cards, before = self.placed.get(name, []), self.disk.get(name)
        usual = self.result.heads.get(name) or (name.replace("-", " ").capitalize(), "")
        if before is None:
            return Deck(name, *usual, tuple(cards))
        last, after = "", {"": [], **{card.id: [card] for card in cards}}
        told = {card.scenario.id: card.scenario for card in cards if card.scenario}
        for card in before.cards:
            if card.id in after:
                last = card.id
            elif card.id not in generated:
                if card.scenario and card.scenario.id in told:
                    card = replace(card, scenario=told[card.scenario.id])
                after[last].append(card)
        old_title, old_area = self.heads.get(name, (name, ""))
        title = usual[0] if before.title == old_title else before.title
        area = usual[1] if before.area == old_area and name in self.result.heads else before.area
        gone = {each.card.scenario.id for each in self.known if each.card.scenario and each.card.deck == name}
        idle = [each for each in before.scenarios if each.id not in gone | told.keys()]
        return Deck(name, title, area, tuple(chain.from_iterable(after.values())), tuple(idle))


def _in_place(cards: list[Card], card: Card) -> None:
    """Put a card behind the last one of its deck that stands earlier in the notes."""

    def where(one: Card) -> tuple[str, int]:
        return (one.source.note, one.source.lines[0]) if one.source else ("", 0)

    earlier = [n for n, each in enumerate(cards) if where(each) <= where(card)]
    cards.insert(earlier[-1] + 1 if earlier else 0, card)


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Each draft once: a line that gives the same card twice gives it once."""
    found: dict[object, Draft] = {}
    for draft in drafts:
        found.setdefault((_letters(draft.card), draft.card.source, draft.card.scenario), draft)
    return list(found.values())


def _letters(card: Card) -> tuple[str, str, str]:
    return card.kind, fold(card.ask), fold(answer_text(card))


def _in_scenario(card: Card, scenarios: dict[tuple[str, str], str]) -> Card:
    """The card; its scenario gets another id if the deck has one of that id with another text."""
    if card.scenario is None:
        return card
    name, text, n = card.scenario.id, card.scenario.text, 1
    while scenarios.setdefault((card.deck, name), text) != text:
        n += 1
        name = f"{card.scenario.id}-{n}"
    return replace(card, scenario=Scenario(name, text))


def _edited(base: Card, ours: Card) -> bool:
    """Did a person change the card, or take it to another deck?"""
    return type(base) is not type(ours) or not _same(base, ours) or base.deck != ours.deck


def _same(one: Card, two: Card) -> bool:
    return type(one) is type(two) and replace(one, source=two.source, area=two.area, deck=two.deck) == two


BEFORE = "Your notes said before: "


def _telling(entry: Known, was: str) -> Known:
    """The entry with what its answer was before the notes changed, beside what it is now."""
    card = entry.card
    if not card.shows or card.shows.startswith(BEFORE):
        card = replace(card, shows=f"{BEFORE}{was}")
    return replace(entry, card=card, changed=was)


def _answer_changed(base: Card, theirs: Card) -> bool:
    """Is the answer another one now, and not the same in other words? Numbers and versions count to the digit."""
    old, new = answer_text(base), answer_text(theirs)
    if old == new:
        return False
    a, b = stems(old), stems(new)
    return numbers(old) != numbers(new) or 2 * len(a & b) < max(len(a), len(b), 1)
