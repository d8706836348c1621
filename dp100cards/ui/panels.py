"""What can be looked up over a card: the keys, what is known of it, the lines of the note that it comes from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.text import Text

from dp100cards.cards import Card, Source
from dp100cards.scheduler.advance import advance
from dp100cards.scheduler.days import DAY, Moment, day_of
from dp100cards.scheduler.engine import ANSWERS, Engine
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import REVIEW, CardState
from dp100cards.ui.amounts import many
from dp100cards.ui.bindings import ACTIONS, Bindings
from dp100cards.ui.desk import Desk
from dp100cards.ui.footer import hints
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import clean, folded, one_line, styled, wrapped
from dp100cards.ui.theme import FLAGS

BLOCKS = " ▁▂▃▄▅▆▇█"
CONTEXT = 4
"""Lines of the note above and below those that a card comes from."""


def show(name: str, stage: Stage, desk: Desk, bindings: Bindings) -> None:
    """Show a panel until a key is pressed."""

    def draw(width: int, _: int) -> Frame:
        title, body = content(name, desk, bindings, stage.console, width)
        return Frame(
            header=[styled(f" {title}", "title"), styled("─" * width, "rule")],
            body=body,
            footer=[styled("─" * width, "rule"), hints([("any key", "back to the card")], width)],
        )

    stage.paint(draw)
    while True:
        key = stage.key()
        if key is not None and key != "resize" and not stage.scroll(key):
            return


def show_leech(stage: Stage, desk: Desk, card: Card) -> None:
    """Name a card that was forgotten too often, show what it comes from, and offer to reword it at once."""

    def draw(width: int, _: int) -> Frame:
        return Frame(
            header=[styled(" A leech", "title"), styled("─" * width, "rule")],
            body=leech_lines(desk, card, stage.console, width),
            footer=[
                styled("─" * width, "rule"),
                hints([("any key", "go on"), ("e", "edit the card")], width),
            ],
        )

    stage.paint(draw)
    while True:
        key = stage.key()
        if key == "e":
            from dp100cards.ui.edit import edit

            return edit(stage, desk, card.id)
        if key is not None and key != "resize" and not stage.scroll(key):
            return None


def leech_lines(desk: Desk, card: Card, console: Console, width: int) -> list[Text]:
    """What there is to say about a leech."""
    lapses = desk.store.state(card.id).lapses
    words = (
        f"You have forgotten this card {many(lapses, 'time')}, so it is set aside: asking it again"
        f" and again costs time that other cards need. Reword it: make it shorter, split it, or add what tells it"
        f" from its like. Then `dp100 cards unsuspend {card.id}` brings it back, and `dp100 cards forget` starts it"
        f" anew."
    )
    rows = [
        Text(),
        *(Text("  ") + line for line in wrapped(styled(one_line(card.ask), "question"), console, width - 4)),
    ]
    rows += [Text(), *(Text("  ") + line for line in wrapped(Text(words), console, width - 4)), Text()]
    text = desk.note(card.source.note) if card.source else None
    if card.source and text is not None:
        rows += [
            styled(f"  {clean(card.source.note)}", "accent"),
            Text(),
            *note_rows(card.source, text, width),
        ]
    return rows


def content(
    name: str, desk: Desk, bindings: Bindings, console: Console, width: int
) -> tuple[str, list[Text]]:
    """The title and the lines of a panel."""
    if name == "help":
        return "Keys", help_lines(bindings, console, width)
    if name == "open":
        return "The note", note_lines(desk, console, width)
    return "What is known of this card", info_lines(desk, console, width)


def help_lines(bindings: Bindings, console: Console, width: int) -> list[Text]:
    """Every key and what it does."""
    rows: list[Text] = [Text()]
    for action, (_, what) in ACTIONS.items():
        lead = styled(f"  {bindings.key_of[action]:<6} ", "key")
        text = wrapped(Text(what), console, width - lead.cell_len)
        rows.append(lead + text[0])
        rows += [Text(" " * lead.cell_len) + line for line in text[1:]]
    more = "Letters and arrow keys choose; space picks what the arrow is at; enter hands in. Ctrl-Z stops for a while."
    rows += [Text(), *(Text("  ") + line for line in wrapped(styled(more, "quiet"), console, width - 2))]
    return rows


def note_lines(desk: Desk, console: Console, width: int) -> list[Text]:
    """The lines of the note that the card comes from, with some around them."""
    if desk.card is None or desk.card.source is None:
        return [Text(), Text("  This card names no note.")]
    source = desk.card.source
    text = desk.note(source.note)
    title = [Text(), styled(f"  {clean(source.note)}", "accent"), Text()]
    if text is None:
        words = f"The note {source.note} is not in the collection. The card quotes: “{source.quote}”"
        return title + [Text("  ") + line for line in wrapped(Text(clean(words)), console, width - 2)]
    return title + note_rows(source, text, width)


def note_rows(source: Source, text: str, width: int, around: int = CONTEXT) -> list[Text]:
    """The lines of a note that a card comes from, numbered, with some around them."""
    rows = text.split("\n")
    first, last = source.lines
    result = []
    for number in range(max(first - around, 1), min(last + around, len(rows)) + 1):
        inside = first <= number <= last
        lead = styled(f" {'▎' if inside else ' '}{number:>4}  ", "accent" if inside else "quiet")
        line = styled(clean(rows[number - 1]), "" if inside else "quiet")
        pieces = folded(line, width - lead.cell_len, at_words=True)
        result.append(lead + pieces[0])
        result += [Text(" " * lead.cell_len) + piece for piece in pieces[1:]]
    return result


def info_lines(desk: Desk, console: Console, width: int) -> list[Text]:
    """Memory state, schedule, history."""
    state, engine, now = desk.state, desk.engine, desk.now()
    events = [event for event in desk.store.events(state.card) if event.kind == "review"]
    tags = desk.card.tags if desk.card is not None else ()
    rows = [Text(), *info_rows(state, engine, now, tags, console, width)]
    if events:
        plot = recall_plot(engine, state.card, events, now, min(width - 10, 60))
        rows += [Text(), styled("  Recall since the first review", "quiet"), Text(), *plot, Text()]
        rows += history_rows(engine, state.card, events)
    return rows


def info_rows(
    state: CardState,
    engine: Engine,
    now: Moment,
    tags: tuple[str, ...],
    console: Console,
    width: int,
    guess: float = 0.0,
) -> list[Text]:
    """What is known of a card, a line for each fact; of a new one its difficulty is guessed, if at all."""
    facts = [("Card", state.card), ("Phase", state.phase)]
    if not state.is_new:
        facts += [
            ("Recall now", f"{engine.retrievability(state, now):.0%}"),
            ("Stability", f"{state.stability:.3g} days until recall is 90%"),
            ("Difficulty", f"{state.difficulty:.1f} of 10"),
            ("Due", due(state)),
            ("Reviews", f"{state.reps}, forgotten {many(state.lapses, 'time')}"),
        ]
    elif guess:
        facts.append(("Difficulty", f"{guess:.1f} of 10, a guess by what is asked"))
    if state.is_new and state.suspended:
        facts.append(("Due", due(state)))
    if state.flag:
        facts.append(("Flag", f"{state.flag}, {FLAGS[state.flag]}"))
    if tags:
        facts.append(("Tags", ", ".join(map(clean, tags))))
    rows = []
    for name, value in facts:
        text = wrapped(Text(value), console, width - 16)
        rows.append(styled(f"  {name:<12}  ", "quiet") + text[0])
        rows += [Text(" " * 16) + line for line in text[1:]]
    return rows


def recall_plot(engine: Engine, card: str, events: list[Event], now: Moment, width: int) -> list[Text]:
    """The probability of recall from the first review until now, in four rows: from 100% down to 60%, or to nothing."""
    start, span = events[0].moment.at, max(now.at - events[0].moment.at, 1)
    states: list[tuple[int, CardState]] = []
    state = CardState(card=card)
    for event in events:
        state = advance(engine, state, event)
        states.append((event.moment.at, state))
    recalls = []
    place = 0
    for column in range(width):
        at = start + span * (column + 1) // width
        while place + 1 < len(states) and states[place + 1][0] <= at:
            place += 1
        then, known = states[place]
        recalls.append(engine.recall(known.stability, (at - then) / DAY))
    rows = []
    levels = 4
    bottom = 0.6 if min(recalls) >= 0.6 else 0.0
    step = (1 - bottom) / levels
    for row in range(levels):
        low = 1 - step * (row + 1)
        cells = "".join(BLOCKS[round(min(max((r - low) / step, 0), 1) * 8)] for r in recalls)
        name = "100%" if row == 0 else f"{bottom:.0%}" if row == levels - 1 else ""
        rows.append(styled(f"  {name:>4} ", "quiet").append(cells, "accent"))
    return rows


def history_rows(engine: Engine, card: str, events: list[Event], most: int = 12) -> list[Text]:
    """The last reviews: when, how rated, what came of it."""
    state = CardState(card=card)
    rows = []
    for event in events:
        state = advance(engine, state, event)
        after = f"{state.interval} d" if state.phase == REVIEW else state.phase
        row = styled(f"  {date(event.moment)}  ", "quiet").append(
            f"{ANSWERS[event.rating]:<6}", ANSWERS[event.rating]
        )
        rows.append(row.append(f" {after:<11} stability {state.stability:.3g}", "quiet"))
    left_out = len(rows) - most
    return ([styled(f"  … {left_out} earlier", "quiet")] if left_out > 0 else []) + rows[-most:]


def due(state: CardState) -> str:
    """When a card is due, in words."""
    if state.suspended:
        return "never: suspended"
    if state.phase == REVIEW:
        return f"{day_date(state.due_day)}, {state.interval} days after the last review"
    return "today, in learning"


def date(moment: Moment) -> str:
    """The learner's day of a moment, as 2026-11-23."""
    return day_date(day_of(moment))


def day_date(day: int) -> str:
    """The date of a day number."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).strftime("%Y-%m-%d")
