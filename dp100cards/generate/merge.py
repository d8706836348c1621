"""Fresh drafts, the generator's last output and the decks on disk, brought together.

Three inputs: base (what was generated last), ours (the deck, which a person may have edited) and theirs (what the notes
give now). By card and field: changed on one side, that side counts; changed on both, the person's stays and the notes'
is reported. What a person deleted or rejected stays away; what a person wrote is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain

from dp100cards.cards import Card, Deck, Order, Scenario, Source, filled
from dp100cards.generate import identity
from dp100cards.generate.draft import EXPLICIT, Draft, Drafts, with_places
from dp100cards.generate.identity import AWAY, DELETED, HERE, KEPT, REJECTED, RETIRED, Known
from dp100cards.generate.pipeline import Plan
from dp100cards.generate.words import Stated, answer_text, fold, numbers, stems

Heads = Mapping[str, tuple[str, str]]  # the title and the area of each deck, by its name


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a learner decided about cards in sessions: the semantic key of each card, by its id."""

    rejected: Mapping[str, str] = field(default_factory=dict)
    restored: Mapping[str, str] = field(default_factory=dict)  # what was rejected once and is not any more


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
    stayed_away: int = 0  # drafts that are a rejected or deleted card again
    conflicts: list[Conflict] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)
    """The id of a card in the decks and the code of a soft check that it does not pass."""
    adopted: int = 0  # cards of the decks that no manifest knew and that are drafts


@dataclass
class Merge:
    """What is brought together; `run` does it."""

    drafts: Drafts
    known: Sequence[Known] = ()
    decks: Sequence[Deck] = ()
    plan: Plan = field(default_factory=Plan)
    heads: Heads = field(default_factory=dict)  # the decks' heads as generated last
    verdicts: Verdicts = field(default_factory=Verdicts)
    lost_decks: frozenset[str] = frozenset()  # decks of which the file is missing: their cards come back
    notes: Mapping[str, str] = field(default_factory=dict)
    """In these texts a card that no draft is any more may still have its words."""
    adopt: bool = False
    """Are cards of the decks of which nothing is known taken as they are, also where they are a draft reworded?"""

    def __post_init__(self) -> None:
        self.disk = {deck.name: deck for deck in self.decks}
        self.ours = {card.id: card for deck in self.decks for card in deck.cards}
        self.placed: dict[str, list[Card]] = {}
        self.result = Merged()

    def run(self) -> Merged:
        """Bring drafts, of which nothing says yet which card each is, together with what there is."""
        drafts, plan = _once(self.drafts.drafts), self.plan
        given = [
            Known(d.card, d.template, d.concept, identity.semantic_key(d.card, d.template, d.concept))
            for d in drafts
        ]
        strays = self._strays(drafts)
        matches = identity.match(given, [*self.known, *strays.values()])
        names = plan.place(drafts)
        heads = plan.heads(drafts, names)
        taken, scenarios = {each.id for each in self.known} | self.ours.keys(), dict[tuple[str, str], str]()
        theirs: list[Known] = []
        for n, (draft, deck, entry) in enumerate(zip(drafts, names, given, strict=True)):
            id_ = matches[n].id if n in matches else identity.mint(entry, deck, taken)
            card = replace(draft.card, id=id_, deck=deck, area=plan.area_of(draft, heads[deck][1]))
            theirs.append(replace(entry, card=with_places(_in_scenario(card, scenarios))))
        hints = [(each.id, code) for each, draft in zip(theirs, drafts, strict=True) for code in draft.hints]
        adopted, made = [each for each in theirs if each.id in strays], {each.id for each in theirs}
        still = [one for each in self.known if each.id not in made and (one := self._still(each))]
        self.known = [*self.known, *adopted]
        result = self.bring([*theirs, *still], heads)
        placed = {card.id for cards in self.placed.values() for card in cards}
        result.adopted, result.hints = len(adopted), [each for each in hints if each[0] in placed]
        return result

    def _strays(self, drafts: Iterable[Draft]) -> dict[str, Known]:
        """Cards of the decks of which the manifest knows nothing although they are a draft to the letter, by id.

        They are known from now on, lest each be made a second time. With `adopt` likeness is enough.
        """
        names = {each.id for each in self.known}
        made = {_letters(draft.card) for draft in drafts}
        own = (c for i, c in self.ours.items() if i not in names and c.source and c.source.note)
        return {card.id: Known(card, "") for card in own if self.adopt or _letters(card) in made}

    def bring(self, theirs: Iterable[Known], heads: Heads) -> Merged:
        """Bring cards that have their ids already together with what there is, in the order of the notes."""
        result, before = self.result, {each.id: each for each in self.known}
        result.heads = heads
        for entry in sorted(theirs, key=_place):
            self._one(entry, entry, before.pop(entry.id, None))
        for entry in before.values():
            self._one(entry, None, entry)
        generated = {each.id for each in result.known if each.state != KEPT}
        names = self.plan.in_order(self.disk.keys() | self.placed.keys())
        result.decks = [self._assembled(name, generated) for name in names]
        return result

    def _one(self, entry: Known, theirs: Known | None, before: Known | None) -> None:
        """One card, as the notes give it now or as it was: into its deck, away, or gone."""
        result, mine = self.result, self.ours.get(entry.id)
        edited = bool(before and mine and _edited(before.card, mine))
        entry = replace(entry, state=self._state(entry, theirs, before, edited))
        if theirs and before and before.changed:
            entry = _telling(entry, before.changed)
        if entry.state in AWAY:
            result.stayed_away += bool(theirs)
            entry = replace(entry, mine=mine if edited else before.mine if before else None)
        elif entry.state == HERE and before and mine:
            merged, entry = self._merged(entry, before, mine)
            self.placed.setdefault(merged.deck, []).append(merged)
        elif entry.state == HERE:
            card = (before and before.mine) or entry.card
            (result.back if before else result.new).append(card)
            self.placed.setdefault(card.deck, []).append(card)
        elif mine and entry.state == RETIRED:
            result.retired.append(mine)
        elif mine and before and before.state != KEPT:
            result.own.append(mine)
        result.known.append(entry)

    def _state(self, entry: Known, theirs: Known | None, before: Known | None, edited: bool) -> str:
        """What becomes of a card: the first line that fits."""
        was, here = before.state if before else RETIRED, entry.id in self.ours
        rejected, restored = (
            entry.id in verdict or entry.key in verdict.values()
            for verdict in (self.verdicts.rejected, self.verdicts.restored)
        )
        if rejected or (was == REJECTED and not (theirs and restored)):
            return REJECTED
        if was == DELETED:
            return DELETED
        if not theirs:
            return KEPT if edited or (here and was == KEPT) else RETIRED
        # What is no longer in its deck, a person took out, if the deck is there.
        out = before and was in (HERE, KEPT) and not here and before.card.deck not in self.lost_decks
        return DELETED if out else HERE

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

    def _still(self, before: Known) -> Known | None:
        """A card that no draft is any more, where the notes still have its words, perhaps lightly reworded."""
        card, source = before.card, before.card.source or Source()
        # Where a question quotes another note, the quote stays in there when the question is taken out.
        asked = Source(quote=filled(card.ask).split("?")[0])
        cites = before.template == EXPLICIT and fold(source.quote) not in fold(filled(card.ask))
        if before.state in AWAY or (cites and not self._stated.find(asked)):
            return None
        found = self._stated.find(source) or self._reworded.find(card)
        return replace(before, card=replace(card, source=found)) if found else None

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


def _place(entry: Known) -> tuple[str, int]:
    return (entry.card.source.note, entry.card.source.lines[0]) if entry.card.source else ("", 0)


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
    if sorted(old.split("\n")) == sorted(new.split("\n")):
        return isinstance(base, Order) and old != new
    a, b = stems(old), stems(new)
    return numbers(old) != numbers(new) or 2 * len(a & b) < max(len(a), len(b), 1)
