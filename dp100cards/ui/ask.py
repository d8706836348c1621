"""A card as it is asked: the question, and what the learner has put in so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from dp100cards.cards import Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps, key
from dp100cards.ui.attempt import UNSET, Attempt
from dp100cards.ui.text import code_lines, lines, styled

INDENT = 2
BLANK = "_____"


@dataclass
class View:
    """Lines of the body, which of them must be seen, and where the text cursor stands."""

    lines: list[Text] = field(default_factory=list)
    focus: tuple[int, int] | None = None
    cursor: tuple[int, int] | None = None

    def add(self, *lines: Text) -> None:
        """Add lines."""
        self.lines += lines

    def gap(self) -> None:
        """Add a blank line, unless there is one already."""
        if self.lines and self.lines[-1].plain.strip():
            self.lines.append(Text())

    def row(self, lead: Text, text: list[Text], *, focused: bool = False) -> None:
        """Add a row: a lead, such as a letter, and a text that keeps its own column."""
        first = len(self.lines)
        width = lead.cell_len
        for n, line in enumerate(text or [Text()]):
            self.lines.append((lead if n == 0 else Text(" " * width)) + line)
        if focused:
            self.focus = (first, len(self.lines) - 1)


def asked(
    attempt: Attempt, console: Console, width: int, *, boxes: bool = False, scenario: bool = True
) -> View:
    """The question of a card, below its `scenario` if it has one, and the state of its attempt.

    With `boxes`, what is chosen of a choice is seen as well where the focus has moved on.
    """
    card = attempt.card
    view = View([Text()])
    if scenario:
        view.add(*scenario_lines(card, console, width))
        view.gap()
    view.add(*question(card, console, width, shown=asked_gaps(attempt)))
    view.gap()
    if isinstance(card, Code):
        view.add(
            *code_lines(card.code, card.language, width - INDENT, indent=INDENT, gaps=asked_gaps(attempt))
        )
        view.gap()
    match card:
        case Choice() | Multiple():
            _options(view, attempt, console, width, boxes)
        case Order():
            _items(view, attempt, console, width)
        case Match():
            _pairs(view, attempt, console, width)
        case Statements():
            _statements(view, attempt, console, width)
        case _:
            _entries(view, attempt, console, width)
    return view


def scenario_lines(card: Card, console: Console, width: int) -> list[Text]:
    """The situation that a question is about, with a bar at its left; nothing if there is none."""
    if card.scenario is None:
        return []
    text = lines(card.scenario.text, console, width - INDENT - 2)
    return [Text(" " * INDENT) + styled("│ ", "rule") + line for line in text]


def question(card: Card, console: Console, width: int, *, shown: list[Text] | None = None) -> list[Text]:
    """A card's question; of a cloze the whole statement, with `shown` in its gaps."""
    if isinstance(card, Cloze):
        return lines(card.ask, console, width - INDENT, indent=INDENT, style="question", gaps=shown or [])
    return lines(card.ask, console, width - INDENT, indent=INDENT, style="question")


def asked_gaps(attempt: Attempt) -> list[Text]:
    """What stands in the gaps while the card is asked: a number if there are several, and what is put in."""
    if not isinstance(attempt.card, Cloze | Code):
        return []
    text = attempt.card.code if isinstance(attempt.card, Code) else attempt.card.ask
    count = len(gaps(text))
    result = []
    for n in range(count):
        number = str(n + 1) if count > 1 else ""
        style = "focus" if attempt.focus == n and attempt.picks else "gap"
        entry = ""
        if attempt.wordings and attempt.values[n] != UNSET:
            entry = attempt.wordings[n][attempt.values[n]]
        result.append(styled(f"{number}{BLANK}" if not entry else f"{number and number + ' '}{entry}", style))
    return result


def label(letter: str, *, focused: bool, box: str = "") -> Text:
    """The lead of a row: a pointer if it is in focus, its letter, and its box."""
    lead = styled(f"{'›' if focused else ' '} ", "focus")
    lead.append(letter, "key")
    return lead.append(f"  {box + ' ' if box else ''}")


def _options(view: View, attempt: Attempt, console: Console, width: int, boxes: bool) -> None:
    options = attempt.card.options if isinstance(attempt.card, Choice | Multiple) else ()
    for row, option in enumerate(attempt.shuffle):
        box = ""
        if isinstance(attempt.card, Multiple):
            box = "[x]" if option in attempt.values else "[ ]"
        elif boxes:
            box = "(•)" if option in attempt.values else "( )"
        lead = label(attempt.labels[row], focused=attempt.focus == row, box=box)
        view.row(
            lead, lines(options[option].text, console, width - lead.cell_len), focused=attempt.focus == row
        )
    if isinstance(attempt.card, Multiple):
        want = len(key(attempt.card))
        view.gap()
        view.add(styled(f"  Choose {want}: {len(attempt.values)} of {want} chosen", "quiet"))


def _items(view: View, attempt: Attempt, console: Console, width: int) -> None:
    items = attempt.card.items if isinstance(attempt.card, Order) else ()
    for row, item in enumerate(attempt.values):
        focused = attempt.focus == row
        lead = styled("≡ " if focused and attempt.held else "› " if focused else "  ", "focus")
        lead.append(f"{row + 1:>2} ", "right" if row < attempt.placed else "quiet")
        lead.append(f" {attempt.labels[attempt.shuffle.index(item)]}  ", "key")
        view.row(lead, lines(items[item], console, width - lead.cell_len), focused=focused)


def _pairs(view: View, attempt: Attempt, console: Console, width: int) -> None:
    pairs = attempt.card.pairs if isinstance(attempt.card, Match) else ()
    for row, right in enumerate(attempt.shuffle):
        lead = label(attempt.labels[row], focused=False)
        style = "quiet" if right in attempt.values else ""
        view.row(lead, lines(pairs[right].right, console, width - lead.cell_len, style=style))
    view.gap()
    for row, pair in enumerate(pairs):
        chosen = attempt.values[row]
        letter = "_" if chosen == UNSET else attempt.labels[attempt.shuffle.index(chosen)]
        lead = styled("› " if attempt.focus == row else "  ", "focus")
        lead.append(f"{letter}  ", "key" if chosen != UNSET else "quiet")
        view.row(lead, lines(pair.left, console, width - lead.cell_len), focused=attempt.focus == row)


def _statements(view: View, attempt: Attempt, console: Console, width: int) -> None:
    statements = attempt.card.statements if isinstance(attempt.card, Statements) else ()
    for row, statement in enumerate(statements):
        said = {1: "yes", 0: "no "}.get(attempt.values[row], "___")
        lead = styled("› " if attempt.focus == row else "  ", "focus")
        lead.append(f"{said}  ", "key" if attempt.values[row] != UNSET else "quiet")
        view.row(lead, lines(statement.text, console, width - lead.cell_len), focused=attempt.focus == row)


def _entries(view: View, attempt: Attempt, console: Console, width: int) -> None:
    """The list of the blank in focus, or the lines in which to type."""
    if attempt.wordings:
        for n, words in enumerate(attempt.wordings[attempt.focus]):
            lead = label(attempt.labels[n], focused=attempt.values[attempt.focus] == n)
            view.row(lead, lines(words, console, width - lead.cell_len))
        return
    for n, line in enumerate(attempt.lines):
        number = f"{n + 1} " if len(attempt.lines) > 1 else ""
        lead = styled(f"{'›' if attempt.focus == n else ' '} {number}", "focus")
        room = max(width - lead.cell_len - 2, 8)
        before = Text(line.text[: line.cursor])
        start = 0
        while before[start:].cell_len > room - 1:
            start += 1
        shown = Text(line.text[start:])
        shown.truncate(room)
        view.row(lead, [shown], focused=attempt.focus == n)
        if attempt.focus == n:
            view.cursor = (len(view.lines) - 1, lead.cell_len + before[start:].cell_len)
