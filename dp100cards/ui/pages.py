"""What can be looked up over a card: the keys, what is known of it, the note that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from rich.text import Text

from dp100cards.cards import Card, Source
from dp100cards.clean import clean, clean_line, many, percent
from dp100cards.scheduler.engine import ANSWERS, Engine, advance
from dp100cards.scheduler.event import REVIEW, CardState, Event, Moment, day_of
from dp100cards.ui.bindings import ACTIONS, CHOOSE, Bindings
from dp100cards.ui.card import source_line
from dp100cards.ui.prose import one_line
from dp100cards.ui.theme import FLAGS
from dp100cards.ui.view import Hint, Page, Screen, Size, rows, said, styled, wrap


def help_page(groups: Iterable[tuple[str, Sequence[Hint]]], under: Screen | None = None) -> Page:
    """Every key and what it does, in groups; the time of the screen `under` it runs on."""

    def lines(size: Size) -> list[Text]:
        body: list[Text] = []
        for title, hints in groups:
            body += [Text(), styled(f"  {title}", "title")]
            for key, what in hints:
                lead = styled(f"  {key:<11} ", "key")
                body += rows(lead, wrap(styled(what), size.width - lead.cell_len - 1))
        return body

    return Page("Keys", lines, under=under)


def card_keys(bindings: Bindings, *, rated: bool) -> list[tuple[str, list[Hint]]]:
    """The keys of study, or of a quiz, where nothing is rated."""
    groups: dict[str, list[Hint]] = {"Answer": list(CHOOSE)}
    for action, (_, group, what) in ACTIONS.items():
        if rated or group != "Rate":
            groups.setdefault(group, []).append((bindings.key_of[action], what))
    return list(groups.items())


def note_page(card: Card, text: str | None) -> Page:
    """The note that a card comes from, at its line."""
    source = card.source

    def lines(size: Size) -> list[Text]:
        if source is None or not (source.note or source.url):
            return [Text(), *said("This card names no source.", size.width - 2)]
        body = [Text(), *source_line(source, size.width - 2), Text()]
        if text is not None:
            return body + note_lines(source, text, size.width)
        if source.note:
            words = f"The note {source.note} is not in the collection. The card quotes: “{source.quote}”"
            body += said(clean_line(words), size.width - 2)
        return body

    return Page("Source", lines, top=max(source.lines[0] - 4, 0) if source and text else 0)


def note_lines(source: Source, text: str, width: int, around: int | None = None) -> list[Text]:
    """The lines of a note, numbered, those of a card marked; all, or so many around them."""
    found = text.split("\n")
    first, last = source.lines
    span = range(1, len(found) + 1) if around is None else range(max(first - around, 1), last + around + 1)
    result: list[Text] = []
    for number in span:
        if number <= len(found):
            inside = first <= number <= last
            lead = styled(f" {'▎' if inside else ' '}{number:>4}  ", "accent" if inside else "quiet")
            line = styled(clean(found[number - 1]), "" if inside else "quiet")
            result += rows(lead, wrap(line, width - lead.cell_len - 1))
    return result


def leech_page(card: Card, lapses: int, text: str | None) -> Page:
    """Name a card that was forgotten too often, and offer to reword it at once."""
    words = (
        f"You have forgotten this card {many(lapses, 'time')}, so it is set aside: asking it again and again takes"
        " time that other cards need. Reword it: make it shorter, split it, or add what sets it apart from similar"
        f" cards. Then `dp100 cards unsuspend {card.id}` brings it back."
    )

    def lines(size: Size) -> list[Text]:
        body = [Text(), *said(one_line(card.ask), size.width - 2, "question"), Text()]
        body += [*said(words, size.width - 2), Text()]
        return body + (note_lines(card.source, text, size.width, 4) if card.source and text else [])

    return Page("A leech", lines, [("enter", "go on"), ("e", "edit the card")])


def info_page(card: Card, state: CardState, engine: Engine, now: Moment, events: Sequence[Event]) -> Page:
    """Memory, schedule and history of a card."""

    def lines(size: Size) -> list[Text]:
        return [
            Text(),
            *info_lines(card, state, engine, now, size.width),
            *history_lines(engine, card.id, events),
        ]

    return Page("Card info", lines)


def info_lines(card: Card, state: CardState, engine: Engine, now: Moment, width: int) -> list[Text]:
    """What is known of a card, a line for each fact."""
    facts = [("Card", f"{card.id}, {card.kind}"), ("Phase", "rejected" if state.rejected else state.phase)]
    if not state.is_new:
        facts += [
            ("Recall now", percent(engine.retrievability(state, now))),
            ("Stability", f"{state.stability:.3g} days until recall is 90 %"),
            ("Difficulty", f"{state.difficulty:.1f} of 10"),
            ("Reviews", f"{state.reps}, forgotten {many(state.lapses, 'time')}"),
        ]
    if not state.is_new or state.suspended:
        facts.append(("Due", due(state)))
    if state.flag:
        facts.append(("Flag", f"{state.flag}, {FLAGS[state.flag]}"))
    for name, values in (("Tags", card.tags), ("Skills", card.skills)):
        facts += [(name, ", ".join(map(clean_line, values)))] if values else []
    result: list[Text] = []
    for name, value in facts:
        result += rows(styled(f"  {name:<12}  ", "quiet"), wrap(styled(value), width - 17))
    return result


def history_lines(engine: Engine, card: str, events: Sequence[Event], most: int = 12) -> list[Text]:
    """The last reviews: when, how rated, what came of it."""
    state = CardState(card=card)
    result = []
    for event in events:
        state = advance(engine, state, event)
        if event.kind == "review":
            after = f"{many(state.interval, 'day')}" if state.phase == REVIEW else state.phase
            row = styled(f"  {day_date(day_of(event.moment))}  ", "quiet")
            row.append(f"{ANSWERS[event.rating]:<6}", ANSWERS[event.rating])
            result.append(row.append(f" {after:<11} stability {state.stability:.3g}", "quiet"))
    earlier = len(result) - most
    head = [Text(), styled("  History", "title")] if result else []
    return [*head, *([styled(f"  … {earlier} earlier", "quiet")] if earlier > 0 else []), *result[-most:]]


def due(state: CardState) -> str:
    """When a card is due, in words."""
    if state.rejected or state.suspended:
        return "never: rejected" if state.rejected else "never: suspended"
    if state.phase == REVIEW:
        return f"{day_date(state.due_day)}, {many(state.interval, 'day')} after the last review"
    return "today, in learning"


def day_date(day: int) -> str:
    """The date of a day number, as 2026-11-23."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).strftime("%Y-%m-%d")
