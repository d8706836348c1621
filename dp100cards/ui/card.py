"""A card as it is asked, and with its answer: what was right, what was answered, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from rich.text import Text

from dp100cards.cards import (
    Answer,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Mark,
    Match,
    Multiple,
    Option,
    Order,
    Source,
    Statements,
    gaps,
    key,
    same_text,
)
from dp100cards.clean import clean, clean_line
from dp100cards.session.answering import UNSET, Attempt, label
from dp100cards.ui.text import code, link, prose, rows, said, styled, wrap
from dp100cards.ui.view import Size

INDENT = 2
BLANK = "_____"
RIGHT, WRONG = "✓", "✗"


@dataclass
class Body:
    """Lines of a view's body as they are put together, what is in focus, and what stands beside them."""

    size: Size
    lines: list[Text] = field(default_factory=list)
    focus: tuple[int, int] | None = None
    cursor: tuple[int, int] | None = None
    aside: list[Text] = field(default_factory=list)
    top: int = 0

    def add(self, lines: Sequence[Text]) -> None:
        """Add lines."""
        self.lines += lines

    def gap(self) -> None:
        """Add a blank line, unless there is one already or no room for it."""
        if self.lines and self.lines[-1].plain.strip() and not self.size.compact:
            self.lines.append(Text())

    def row(self, lead: Text, text: Sequence[Text], *, focused: bool = False) -> None:
        """Add a row: a lead, such as a letter, and a text that keeps its own column."""
        first = len(self.lines)
        self.lines += rows(lead, text)
        if focused:
            self.focus = (first, len(self.lines) - 1)

    @property
    def width(self) -> int:
        """The columns of the body."""
        return self.size.width - 1


def with_scenario(card: Card, make: Callable[[Size], Body], size: Size, *, answered: bool = False) -> Body:
    """A body with the situation that its question is about: beside it where both have room, else above it.

    Above an answer it is scrolled out of sight, and a scroll away.
    """
    if card.scenario is None:
        return make(size)
    panes = size.panes
    if panes is not None:
        body = make(Size(panes[1], size.height))
        body.aside = [Text(), *prose(card.scenario.text, panes[0] - 1, indent=1)]
        return body
    above = Body(size)
    if size.plain:
        above.add([styled("The scenario:", "quiet"), *prose(card.scenario.text, above.width, indent=INDENT)])
    else:
        text = prose(card.scenario.text, above.width - INDENT - 2)
        above.add([Text(), *(styled("  │ ", "rule") + line for line in text)])
    body, start = make(size), len(above.lines)
    above.add(body.lines)
    if body.focus:
        above.focus = (body.focus[0] + start, body.focus[1] + start)
    if body.cursor:
        above.cursor = (body.cursor[0] + start, body.cursor[1])
    above.top = start - 1 if answered else 0
    return above


# Asked


def asked(attempt: Attempt, size: Size, struck: Collection[int] = ()) -> Body:
    """The question of a card, and what was put in so far; the options in `struck` are ruled out."""
    card = attempt.card
    body = Body(size, [Text()])
    body.add(_question(card, body.width, _gaps_of(attempt)))
    body.gap()
    if isinstance(card, Code):
        body.add(code(card.code, card.language, body.width, indent=INDENT, gaps=_gaps_of(attempt)))
        body.gap()
    match card:
        case Choice(options=options) | Multiple(options=options):
            _asked_options(body, attempt, options, struck)
        case Order(items=items, extra=extra):
            for row, item in enumerate(attempt.shown):
                placed = item in attempt.values
                lead = _lead(
                    attempt, row, label(attempt.shuffle.index(item)), f"{row + 1}." if placed else " ·"
                )
                text = prose(
                    (items + extra)[item], body.width - lead.cell_len, style="" if placed else "quiet"
                )
                body.row(lead, text, focused=attempt.focus == row)
            if extra:
                body.gap()
                body.add(
                    said(
                        f"Choose {len(items)} of {len(items) + len(extra)} and put them in order.",
                        body.width,
                        "quiet",
                    )
                )
        case Match(pairs=pairs, extra=extra):
            rights = [*(pair.right for pair in pairs), *extra]
            for row, right in enumerate(attempt.shuffle):
                lead = styled("  ").append(label(row), "key").append("  ")
                style = "quiet" if right in attempt.values else ""
                body.row(lead, prose(rights[right], body.width - lead.cell_len, style=style))
            body.gap()
            for row, pair in enumerate(pairs):
                value = attempt.values[row]
                letter = "_" if value == UNSET else label(attempt.shuffle.index(value))
                lead = _lead(attempt, row, letter)
                body.row(lead, prose(pair.left, body.width - lead.cell_len), focused=attempt.focus == row)
        case Statements(statements=statements):
            for row, statement in enumerate(statements):
                lead = _lead(attempt, row, {1: "yes", 0: "no "}.get(attempt.values[row], "___"))
                body.row(
                    lead, prose(statement.text, body.width - lead.cell_len), focused=attempt.focus == row
                )
        case _:
            _asked_gaps(body, attempt)
    return body


def _question(card: Card, width: int, shown: Sequence[Text] = ()) -> list[Text]:
    """A card's question; of a cloze the whole statement, with `shown` in its gaps."""
    inside = shown if isinstance(card, Cloze) else ()
    return prose(card.ask, width, indent=INDENT, style="question", gaps=inside)


def _gaps_of(attempt: Attempt) -> list[Text]:
    """What stands in the gaps while the card is asked: a number if there are several, and what is put in."""
    card = attempt.card
    if not isinstance(card, Cloze | Code):
        return []
    count = len(gaps(card.code if isinstance(card, Code) else card.ask))
    result = []
    for n in range(count):
        entry = attempt.lists[n][attempt.values[n]] if attempt.lists and attempt.values[n] != UNSET else ""
        number = str(n + 1) if count > 1 else ""
        words = f"{number and number + ' '}{clean_line(entry)}" if entry else number + BLANK
        result.append(styled(words, "focus" if attempt.focus == n and attempt.takes else "gap"))
    return result


def _lead(attempt: Attempt, row: int, *parts: str) -> Text:
    """The lead of a row: a pointer if it is in focus, its letter, its box."""
    focused = attempt.focus == row
    lead = styled("≡ " if focused and attempt.held else "› " if focused else "  ", "focus")
    return lead.append(parts[0], "key").append("".join(f"  {part}" for part in parts[1:])).append("  ")


def _asked_options(body: Body, attempt: Attempt, options: Sequence[Option], struck: Collection[int]) -> None:
    several = isinstance(attempt.card, Multiple)
    for row, option in enumerate(attempt.shuffle):
        chosen = option in attempt.values
        box = f"[{'x' if chosen else ' '}]" if several else f"({'•' if chosen else ' '})"
        lead = _lead(attempt, row, label(row), box)
        ruled_out = option in struck
        words = options[option].text + " (struck out)" * ruled_out
        text = prose(words, body.width - lead.cell_len, style="struck" if ruled_out else "")
        body.row(lead, text, focused=attempt.focus == row)
    if several:
        body.gap()
        words = f"Choose {attempt.wanted}: {attempt.filled} of {attempt.wanted} chosen"
        body.add(said(words, body.width, "quiet"))


def _asked_gaps(body: Body, attempt: Attempt) -> None:
    """The list of the blank in focus, or the lines in which to type."""
    if attempt.lists:
        chosen = attempt.values[attempt.focus]
        for n, words in enumerate(attempt.lists[attempt.focus]):
            lead = styled("› " if chosen == n else "  ", "focus").append(label(n), "key").append("  ")
            body.row(lead, prose(words, body.width - lead.cell_len), focused=chosen == n)
        return
    for n, line in enumerate(attempt.lines):
        focused = attempt.focus == n
        lead = styled(f"{'›' if focused else ' '} {f'{n + 1} ' if len(attempt.lines) > 1 else ''}", "focus")
        room = max(body.width - lead.cell_len - 2, 8)
        start = 0
        while styled(line.text[start : line.cursor]).cell_len > room - 1:
            start += 1
        shown = styled(line.text[start:])
        shown.truncate(room)
        body.row(lead, [shown], focused=focused)
        if focused:
            before = styled(line.text[start : line.cursor]).cell_len
            body.cursor = (len(body.lines) - 1, lead.cell_len + before)


# Answered


def answered(attempt: Attempt, answer: Answer | None, marked: Mark | None, size: Size) -> Body:
    """The card with its answer; `answer` and `marked` are None where the learner judges from memory."""
    card = attempt.card
    body = Body(size, [Text()])
    hidden = gaps(card.ask) if isinstance(card, Cloze) else ()
    body.add(_question(card, body.width, [styled(clean(text), "filled") for text in hidden]))
    body.gap()
    if marked is not None:
        body.add([styled("  ") + verdict(answer, marked)])
        body.gap()
    match card:
        case Choice(options=options) | Multiple(options=options):
            for row, option in enumerate(attempt.shuffle):
                _answered_option(body, label(row), options[option], option in (answer or ()), len(options))
        case Order(items=items, extra=extra):
            _answered_order(body, items, extra, answer)
        case Match(pairs=pairs, extra=extra):
            rights = [*(pair.right for pair in pairs), *extra]
            for n, pair in enumerate(pairs):
                given = answer[n] if answer and n < len(answer) else UNSET
                you = rights[given] if isinstance(given, int) and given != UNSET else ""
                fits = answer is None or you == pair.right
                body.row(_sign(fits), prose(pair.left, body.width - 2, style="question"))
                body.row(styled("    "), prose(pair.right, body.width - 4))
                _you(body, 4, f"you: {you}" if you else "you: nothing", fits)
        case Statements(statements=statements):
            for n, statement in enumerate(statements):
                given = answer[n] if answer and n < len(answer) else UNSET
                fits = answer is None or given == int(statement.right)
                lead = _sign(fits).append(f"{'yes' if statement.right else 'no':<3}  ", "key")
                body.row(lead, prose(statement.text, body.width - lead.cell_len))
                _you(body, lead.cell_len, {1: "you: yes", 0: "you: no"}.get(int(given), "you: nothing"), fits)
                _why(body, lead.cell_len, statement.because)
        case Code(code=text, language=language):
            solved = [styled(clean(each), "filled") for each in gaps(text)]
            body.add(code(text, language, body.width, indent=INDENT, gaps=solved))
        case Basic(answer=text):
            body.add([styled("  ▎ ", "accent") + line for line in prose(text, body.width - 4)])
    if answer is not None and isinstance(card, Basic | Cloze | Code):
        _answered_gaps(body, card, answer)
    _background(body, card)
    return body


def verdict(answer: Answer | None, marked: Mark) -> Text:
    """Whether an answer was right, with a mark and a colour."""
    if marked.right:
        return styled(f"{RIGHT} Right", "right")
    if not answer:
        return styled(f"{WRONG} Not answered", "wrong")
    if not marked.points:
        return styled(f"{WRONG} Wrong", "wrong")
    return styled(f"{WRONG} Partly right: {marked.points} of {marked.of} points", "warning")


def _sign(fits: bool) -> Text:
    return styled(f"{RIGHT if fits else WRONG} ", "right" if fits else "wrong")


def _you(body: Body, indent: int, words: str, fits: bool) -> None:
    if not fits:
        body.row(styled(" " * indent), prose(words, body.width - indent, style="wrong"))


def _why(body: Body, indent: int, because: str) -> None:
    """Why something is right or wrong: what teaches is bright."""
    if because:
        body.row(styled(" " * indent), prose(because, body.width - indent))


def _answered_option(body: Body, letter: str, option: Option, chosen: bool, count: int) -> None:
    style = "right" if option.right else "wrong" if chosen else "quiet"
    sign = RIGHT if option.right else WRONG if chosen else " "
    lead = styled(f"{sign} {letter}  ", style).append(" " * (count > 9 and len(letter) < 2))
    text = prose(option.text, body.width - lead.cell_len, style=style)
    note = "  ← your choice"
    if chosen and text[-1].cell_len + len(note) <= body.width - lead.cell_len:
        text[-1] = text[-1] + styled(note, "quiet")
    body.row(lead, text)
    _why(body, lead.cell_len, option.because)


def _answered_order(body: Body, items: Sequence[str], extra: Sequence[str], answer: Answer | None) -> None:
    steps = [*items, *extra]
    given = [steps[i] for i in answer or () if isinstance(i, int)]
    for row, item in enumerate(items):
        fits = answer is None or (row < len(given) and given[row] == item)
        lead = _sign(fits).append(f"{row + 1:>2}  ", "right" if fits else "wrong")
        body.row(lead, prose(item, body.width - lead.cell_len))
        _you(
            body, lead.cell_len, f"you: {given.index(item) + 1}." if item in given else "you: left out", fits
        )
    for item in extra:
        taken = item in given
        lead = styled(f"{WRONG if taken else ' '}  –  ", "wrong" if taken else "quiet")
        body.row(
            lead,
            prose(f"{item} (not needed)", body.width - lead.cell_len, style="wrong" if taken else "quiet"),
        )


def _answered_gaps(body: Body, card: Card, answer: Answer) -> None:
    """What was typed or chosen for each gap, and where it differs from what is right."""
    body.gap()
    wanted = [str(text) for text in key(card)]
    for n, right in enumerate(wanted):
        given = clean_line(str(answer[n])) if n < len(answer) else ""
        lead = _sign(same_text(given, right)).append(f"{n + 1} " if len(wanted) > 1 else "")
        same = given.casefold().strip() == right.casefold().strip()
        chosen = same or (isinstance(card, Code) and card.wrong)
        words = styled("you: ", "quiet") + (styled(given) if chosen else differing(given, right))
        body.row(lead, wrap(words if given else styled("you: nothing", "quiet"), body.width - lead.cell_len))


def differing(typed: str, right: str) -> Text:
    """What was typed, with all that is not in the right answer underlined."""
    from rapidfuzz.distance import Indel  # 10 ms that only a slip needs

    result = Text()
    for step in Indel.opcodes(typed.casefold(), right.casefold()):
        part = typed[step.src_start : step.src_end]
        result.append("‸" if step.tag == "insert" else part, "" if step.tag == "equal" else "slip")
    return result


def _background(body: Body, card: Card) -> None:
    """Why, what the notes said, and where the card comes from."""
    if card.explain:
        body.gap()
        body.add(prose(card.explain, body.width, indent=INDENT))
    if card.shows:
        body.gap()
        body.row(styled("  ! ", "warning"), prose(card.shows, body.width - 4))
    if card.status == "advice":
        body.gap()
        body.add(said("This is advice, not a fact of the product.", body.width))
    if card.source:
        body.gap()
        body.add(source_line(card.source, body.width))


def source_line(source: Source, width: int) -> list[Text]:
    """Where a card comes from: the note and its lines, and the page, which a terminal opens."""
    first, last = source.lines
    line = Text()
    if source.note:
        line.append(f"{clean_line(source.note)}:{first}{f'–{last}' if last != first else ''}", "quiet")
    if source.url:
        line.append("  ·  " if line.plain else "", "quiet")
        line.append_text(link(clean_line(source.title or source.url), source.url))
        if source.date or source.checked:
            line.append(f"  {clean_line(source.date or 'read ' + source.checked)}", "quiet")
    return [styled("  ") + piece for piece in wrap(line, width - INDENT)]
