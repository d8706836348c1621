"""A card as it is asked, and with its answer: what was right, what was answered, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.text import Text

from dp100cards import cards
from dp100cards.cards import Answer, Card, Mark, Source
from dp100cards.clean import clean_line
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

    @classmethod
    def of(cls, card: Card, size: Size) -> Body:
        """A body with the situation that its question is about: beside it where both have room, else above it."""
        scenario = card.scenario.text if card.scenario else ""
        if scenario and size.panes:
            left, right = size.panes
            aside = [Text(), *prose(scenario, left - 1, indent=1)]
            return cls(Size(right, size.height), [Text()], aside=aside)
        body = cls(size)
        if scenario and size.plain:
            body.lines = [styled("The scenario:", "quiet"), *prose(scenario, body.width, indent=INDENT)]
        elif scenario:
            text = prose(scenario, body.width - INDENT - 2)
            body.lines = [Text(), *(styled("  │ ", "rule") + line for line in text)]
        body.lines.append(Text())
        body.top = max(len(body.lines) - 2, 0)
        return body

    @property
    def width(self) -> int:
        return self.size.width - 1

    def add(self, lines: Sequence[Text]) -> None:
        """Add lines, and a blank one unless there is no room for it."""
        self.lines += lines
        self.gap()

    def gap(self) -> None:
        """Add a blank line, unless there is one already or no room for it."""
        if self.lines and self.lines[-1].plain.strip() and not self.size.compact:
            self.lines.append(Text())

    def row(self, lead: Text | int, text: str, style: str = "", *, focused: bool = False) -> None:
        """Add a row: a lead, such as a letter, or its columns, and a text that keeps its own column."""
        lead = styled(" " * lead) if isinstance(lead, int) else lead
        first = len(self.lines)
        self.lines += rows(lead, prose(text, self.width - lead.cell_len, style=style))
        if focused:
            self.focus = (first, len(self.lines) - 1)


# Asked


def asked(attempt: Attempt, size: Size) -> Body:
    """The question of a card, and what was put in so far."""
    card, values, focus = attempt.card, attempt.values, attempt.focus
    body, inside = Body.of(card, size), _inside(attempt)
    body.top = 0
    gaps = inside if isinstance(card, cards.Cloze) else ()
    body.add(prose(card.ask, body.width, indent=INDENT, style="question", gaps=gaps))
    if isinstance(card, cards.Code):
        body.add(code(card.code, card.language, body.width, indent=INDENT, gaps=inside))

    def put(text: str, *lead: str, style: str = "", focused: bool = False) -> None:
        """A row: a pointer if it is in focus, its letter, its box or number, its text."""
        pointer = styled("› " if focused else "  ", "focus")
        pointer.append(lead[0], "key").append("".join(f"  {part}" for part in (*lead[1:], "")))
        body.row(pointer, text, style, focused=focused)

    match card:
        case cards.Choice(options=options) | cards.Multiple(options=options):
            several = isinstance(card, cards.Multiple)
            for row, option in enumerate(attempt.shuffle):
                box = ("[x]" if several else "(•)") if option in values else "[ ]" if several else "( )"
                out = option in attempt.struck
                words = options[option].text + " (struck out)" * out
                put(words, label(row), box, style="struck" if out else "", focused=focus == row)
            if several:
                body.gap()
                body.lines += said(f"Choose {attempt.wanted}: {attempt.so_far}", body.width, "quiet")
        case cards.Order(items=items, extra=extra):
            for row, item in enumerate(attempt.shown):
                style, place = ("", f"{row + 1}.") if item in values else ("quiet", " ·")
                letter = label(attempt.shuffle.index(item))
                put((items + extra)[item], letter, place, style=style, focused=focus == row)
            if extra:
                body.gap()
                words = f"Choose {len(items)} of {len(items) + len(extra)} and put them in order."
                body.lines += said(words, body.width, "quiet")
        case cards.Match(pairs=pairs, extra=extra):
            rights = [*(pair.right for pair in pairs), *extra]
            for row, right in enumerate(attempt.shuffle):
                put(rights[right], label(row), style="quiet" if right in values else "")
            body.gap()
            for row, (pair, value) in enumerate(zip(pairs, values, strict=True)):
                letter = "_" if value == UNSET else label(attempt.shuffle.index(value))
                put(pair.left, letter, focused=focus == row)
        case cards.Statements(statements=statements):
            for row, statement in enumerate(statements):
                put(statement.text, {1: "yes", 0: "no "}.get(values[row], "___"), focused=focus == row)
        case _ if attempt.lists:  # the list of the blank in focus
            for row, words in enumerate(attempt.possible):
                put(words, label(row), focused=values[focus] == words)
        case _:
            _typed(body, attempt)
    return body


def _inside(attempt: Attempt) -> list[Text]:
    """What stands in the gaps while the card is asked: a number if there are several, and what is put in."""
    card = attempt.card
    text = card.code if isinstance(card, cards.Code) else card.ask if isinstance(card, cards.Cloze) else ""
    count = len(cards.gaps(text))
    result: list[Text] = []
    for n in range(count):
        entry = attempt.values[n] if attempt.lists else ""
        number = str(n + 1) if count > 1 else ""
        words = f"{number and number + ' '}{clean_line(entry)}" if entry else number + BLANK
        result.append(styled(words, "focus" if attempt.focus == n and attempt.takes else "gap"))
    return result


def _typed(body: Body, attempt: Attempt) -> None:
    """The lines in which to type, each shown around its cursor."""
    for n, line in enumerate(attempt.lines):
        focused = attempt.focus == n
        lead = styled(f"{'›' if focused else ' '} {f'{n + 1} ' if len(attempt.lines) > 1 else ''}", "focus")
        room = max(body.width - lead.cell_len - 2, 8)
        start = 0
        while (before := styled(line.before[start:]).cell_len) > room - 1:
            start += 1
        shown = styled(line.text[start:])
        shown.truncate(room)
        body.lines.append(lead + shown)
        if focused:
            at = len(body.lines) - 1
            body.focus, body.cursor = (at, at), (at, lead.cell_len + before)


# Answered


def answered(attempt: Attempt, answer: Answer | None, marked: Mark | None, size: Size) -> Body:
    """The card with its answer; `answer` and `marked` are None where the learner judges from memory.

    A scenario above it is scrolled out of sight, and a scroll away.
    """
    card = attempt.card
    body = Body.of(card, size)
    texts = cards.gaps(card.ask) if isinstance(card, cards.Cloze) else ()
    solved = [styled(text, "filled") for text in texts]
    body.add(prose(card.ask, body.width, indent=INDENT, style="question", gaps=solved))
    if marked is not None:
        body.add([styled("  ") + verdict(answer, marked)])

    def given(n: int) -> int:
        value = answer[n] if answer and n < len(answer) else UNSET
        return value if isinstance(value, int) else UNSET

    def below(indent: int, fits: bool, you: str, because: str = "") -> None:
        """What was answered, where it is wrong; and why, for what teaches is bright."""
        if not fits:
            body.row(indent, f"you: {you}", "wrong")
        if because:
            body.row(indent, because)

    match card:
        case cards.Choice(options=options) | cards.Multiple(options=options):
            for row, n in enumerate(attempt.shuffle):
                option, chosen = options[n], n in (answer or ())
                style = "right" if option.right else "wrong" if chosen else "quiet"
                sign = RIGHT if option.right else WRONG if chosen else " "
                lead = styled(f"{sign} {label(row)}  ", style).append(" " * (len(options) > 9 and row < 9))
                body.row(lead, option.text, style)
                note = styled("  ← your choice", "quiet")
                if chosen and body.lines[-1].cell_len + note.cell_len <= body.width:
                    body.lines[-1] += note
                below(lead.cell_len, True, "", option.because)
        case cards.Order(items=items, extra=extra):
            steps = [*items, *extra]
            taken = [steps[n] for n in answer or () if isinstance(n, int)]
            for row, item in enumerate(items):
                fits = answer is None or taken[row : row + 1] == [item]
                body.row(_sign(fits, f"{row + 1:>2}  "), item)
                below(6, fits, f"{taken.index(item) + 1}." if item in taken else "left out")
            for item in extra:
                sign, style = (WRONG, "wrong") if item in taken else (" ", "quiet")
                body.row(styled(f"{sign}  –  ", style), f"{item} (not needed)", style)
        case cards.Match(pairs=pairs, extra=extra):
            rights = [*(pair.right for pair in pairs), *extra]
            for n, pair in enumerate(pairs):
                you = rights[given(n)] if given(n) != UNSET else ""
                fits = answer is None or you == pair.right
                body.row(_sign(fits), pair.left, "question")
                body.row(4, pair.right)
                below(4, fits, you or "nothing")
        case cards.Statements(statements=statements):
            for n, statement in enumerate(statements):
                fits = answer is None or given(n) == int(statement.right)
                body.row(_sign(fits).append("yes  " if statement.right else "no   ", "key"), statement.text)
                below(7, fits, {1: "yes", 0: "no"}.get(given(n), "nothing"), statement.because)
        case cards.Code(code=text, language=language):
            solved = [styled(each, "filled") for each in cards.gaps(text)]
            body.lines += code(text, language, body.width, indent=INDENT, gaps=solved)
        case cards.Basic(answer=text):
            body.lines += [styled("  ▎ ", "accent") + line for line in prose(text, body.width - 4)]
    if answer is not None and isinstance(card, cards.Basic | cards.Cloze | cards.Code):
        body.gap()
        body.lines += _compared(card, answer, body.width)
    _background(body, card)
    return body


def verdict(answer: Answer | None, marked: Mark) -> Text:
    """Whether an answer was right, with a mark and a colour."""
    if marked.right:
        return styled(f"{RIGHT} Right", "right")
    if answer and marked.points:
        return styled(f"{WRONG} Partly right: {marked.points} of {marked.of} points", "warning")
    return styled(f"{WRONG} {'Wrong' if answer else 'Not answered'}", "wrong")


def _sign(fits: bool, more: str = "") -> Text:
    style = "right" if fits else "wrong"
    return styled(f"{RIGHT if fits else WRONG} ", style).append(more, style)


def _compared(card: Card, answer: Answer, width: int) -> list[Text]:
    """What was typed or chosen for each gap, and where it differs from what is right."""
    result: list[Text] = []
    wanted = [str(text) for text in cards.key(card)]
    for n, right in enumerate(wanted):
        given = clean_line(str(answer[n])) if n < len(answer) else ""
        lead = _sign(cards.same_text(given, right)).append(f"{n + 1} " if len(wanted) > 1 else "")
        same = given.casefold().strip() == right.casefold().strip()
        chosen = same or (isinstance(card, cards.Code) and card.wrong)
        words = styled("you: ", "quiet") + (styled(given) if chosen else differing(given, right))
        result += rows(lead, wrap(words if given else styled("you: nothing", "quiet"), width - lead.cell_len))
    return result


def differing(typed: str, right: str) -> Text:
    """What was typed, with all that is not in the right answer underlined."""
    from rapidfuzz.distance import Indel  # 50 ms that only a slip needs

    result = Text()
    for step in Indel.opcodes(typed.casefold(), right.casefold()):
        part = typed[step.src_start : step.src_end]
        result.append("‸" if step.tag == "insert" else part, "" if step.tag == "equal" else "slip")
    return result


def _background(body: Body, card: Card) -> None:
    """Why, what the notes said, and where the card comes from."""
    if card.explain:
        body.gap()
        body.row(INDENT, card.explain)
    if card.shows:
        body.gap()
        body.row(styled("  ! ", "warning"), card.shows)
    if card.status == "advice":
        body.gap()
        body.lines += said("This is advice, not a fact of the product.", body.width)
    if card.source:
        body.gap()
        body.lines += source_line(card.source, body.width)


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
