"""A card as it is asked, and with its answer: what was right, what was answered, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.text import Text

from dp100cards import cards
from dp100cards.cards import Answer, Card, Mark, Source
from dp100cards.clean import clean_line
from dp100cards.session.answering import UNSET, Attempt, label
from dp100cards.ui.text import code, link, prose, rows, said, styled, wrap
from dp100cards.ui.view import Size, View

INDENT = 2
BLANK = "_____"
RIGHT, WRONG = "✓", "✗"


@dataclass(kw_only=True)
class CardView(View):
    """The view of a card, as it is put together; whoever shows it adds what stands around it."""

    size: Size
    body: list[Text] = field(default_factory=list)

    @classmethod
    def of(cls, card: Card, size: Size, gaps: Sequence[Text]) -> CardView:
        """A card's question, with the situation that it is about: beside it where both have room, else above it."""
        view = cls(size=size)
        if card.scenario and size.panes:
            left, right = size.panes
            view.size = Size(right, size.height)
            view.aside = [Text(), *prose(card.scenario.text, left - 1, indent=1)]
        elif card.scenario:
            view.body += scenario(card.scenario.text, size, "  " if size.plain else "  │ ")
            view.top = len(view.body) - 1
        view.body.append(Text())
        gaps = gaps if isinstance(card, cards.Cloze) else ()
        view.add(prose(card.ask, view.width, indent=INDENT, style="question", gaps=gaps))
        return view

    @property
    def width(self) -> int:
        return self.size.width - 1

    def add(self, lines: Sequence[Text]) -> None:
        """Add lines, and a blank one unless there is no room for it."""
        self.body += lines
        self.gap()

    def gap(self) -> None:
        """Add a blank line, unless there is one already or no room for it."""
        if self.body and self.body[-1].plain.strip() and not self.size.compact:
            self.body.append(Text())

    def row(self, lead: Text, text: str, style: str = "", you: str = "", *, focused: bool = False) -> None:
        """Add a row: a lead, such as a letter, and a text that keeps its own column; below it what was answered."""
        first = len(self.body)
        self.body += rows(lead, prose(text, self.width - lead.cell_len, style=style))
        if focused:
            self.focus = (first, len(self.body) - 1)
        if you:
            self.row(styled(" " * lead.cell_len), f"you: {you}", "wrong")


def scenario(text: str, size: Size, lead: str = "  ") -> list[Text]:
    """The situation that a question is about; the plain form says what it is."""
    head = styled("The scenario:", "quiet") if size.plain else Text()
    return [head, *(styled(lead, "rule") + line for line in prose(text, size.width - 1 - len(lead)))]


def asked(attempt: Attempt, size: Size) -> CardView:
    """The question of a card, and what was put in so far."""
    card, values, focus = attempt.card, attempt.values, attempt.focus
    inside = _inside(attempt)
    view = CardView.of(card, size, inside)
    view.top, view.picks = 0, attempt.picks
    if isinstance(card, cards.Code):
        view.add(code(card.code, card.language, view.width, indent=INDENT, gaps=inside))
    if isinstance(card, cards.Match):
        rights = [*(pair.right for pair in card.pairs), *card.extra]
        for row, n in enumerate(attempt.shuffle):
            view.row(styled(f"  {label(row)}  ", "key"), rights[n], "quiet" if n in values else "")
        view.gap()
    for row, (letter, box, text, style) in enumerate(_rows(attempt)):
        focused = text == values[focus] if attempt.lists else row == focus
        lead = styled("› " if focused else "  ", "focus").append(letter, "key").append(f"{box}  ")
        view.row(lead, text, style, focused=focused)
    if isinstance(card, cards.Multiple):
        view.gap()
        view.body += said(f"Choose {attempt.wanted}: {attempt.so_far}", view.width, "quiet")
    elif isinstance(card, cards.Order) and card.extra:
        view.gap()
        words = f"Choose {attempt.wanted} of {len(attempt.shuffle)} and put them in order."
        view.body += said(words, view.width, "quiet")
    _typed(view, attempt)
    return view


def _rows(attempt: Attempt) -> Iterator[tuple[str, str, str, str]]:
    """What is chosen from or filled, row by row: its letter, its box or number, its text, and the style of that."""
    values, shuffle = attempt.values, attempt.shuffle
    match attempt.card:
        case cards.Choice(options=options) | cards.Multiple(options=options) as card:
            boxes = ("  ( )", "  (•)") if isinstance(card, cards.Choice) else ("  [ ]", "  [x]")
            for row, n in enumerate(shuffle):
                out = n in attempt.struck
                words = options[n].text + " (struck out)" * out
                yield label(row), boxes[n in values], words, "struck" if out else ""
        case cards.Order(items=items, extra=extra):
            for row, n in enumerate(attempt.shown, 1):
                place, style = (f"  {row}.", "") if n in values else ("   ·", "quiet")
                yield label(shuffle.index(n)), place, (items + extra)[n], style
        case cards.Match(pairs=pairs):
            for pair, n in zip(pairs, values, strict=True):
                yield "_" if n == UNSET else label(shuffle.index(n)), "", pair.left, ""
        case cards.Statements(statements=statements):
            for statement, n in zip(statements, values, strict=True):
                yield {1: "yes", 0: "no "}.get(n, "___"), "", statement.text, ""
        case _:  # the words of the blank in focus
            for row, words in enumerate(attempt.possible):
                yield label(row), "", words, ""


def _inside(attempt: Attempt) -> list[Text]:
    """What stands in the gaps while the card is asked: a number if there are several, and what is put in."""
    card, result = attempt.card, list[Text]()
    hidden = cards.key(card) if isinstance(card, cards.Cloze | cards.Code) else ()
    for n in range(len(hidden)):
        entry = attempt.values[n] if attempt.lists else ""
        number = str(n + 1) if len(hidden) > 1 else ""
        words = f"{number and number + ' '}{clean_line(entry)}" if entry else number + BLANK
        result.append(styled(words, "focus" if attempt.focus == n else "gap"))
    return result


def _typed(view: CardView, attempt: Attempt) -> None:
    """The lines in which to type, each shown around its cursor."""
    for n, line in enumerate(attempt.lines):
        focused, number = attempt.focus == n, f"{n + 1} " if len(attempt.lines) > 1 else ""
        lead, before = styled(f"{'›' if focused else ' '} {number}", "focus"), styled(line.before)
        room = max(view.width - lead.cell_len - 2, 8)
        while before.cell_len > room - 1:
            before = before[1:]
        shown = before + styled(line.after)
        shown.truncate(room)
        view.body.append(lead + shown)
        if focused:
            at = len(view.body) - 1
            view.focus, view.cursor = (at, at), (at, lead.cell_len + before.cell_len)


def answered(attempt: Attempt, answer: Answer | None, size: Size) -> CardView:
    """The card with its answer, beside the learner's `answer`; None where the learner judges from memory.

    A scenario above it is scrolled out of sight, and a scroll away.
    """
    card = attempt.card
    solved = [styled(str(text), "filled") for text in cards.key(card)]
    view = CardView.of(card, size, solved)
    if answer is not None:
        view.add([styled("  ") + verdict(answer, cards.mark(card, answer))])
    parts = cards.compared(card, cards.key(card) if answer is None else answer)
    match card:
        case cards.Choice(options=options) | cards.Multiple(options=options):
            for row, n in enumerate(attempt.shuffle):
                option, chosen = options[n], n in (answer or ())
                style = "right" if option.right else "wrong" if chosen else "quiet"
                sign = RIGHT if option.right else WRONG if chosen else " "
                lead = styled(f"{sign} {label(row)}  ", style)
                view.row(lead, option.text, style)
                note = styled("  ← your choice", "quiet")
                if chosen and view.body[-1].cell_len + note.cell_len <= view.width:
                    view.body[-1] += note
                if option.because:
                    view.row(styled(" " * lead.cell_len), option.because)
        case cards.Order(extra=extra):
            taken = [given for _, given, _ in parts]
            for n, (item, _, fits) in enumerate(parts, 1):
                you = f"{taken.index(item) + 1}." if item in taken else "left out"
                view.row(_sign(fits, f"{n:>2}  "), item, you="" if fits else you)
            for item in extra:
                sign, style = (WRONG, "wrong") if item in taken else (" ", "quiet")
                view.row(styled(f"{sign}  –  ", style), f"{item} (not needed)", style)
        case cards.Match(pairs=pairs):
            for pair, (right, given, fits) in zip(pairs, parts, strict=True):
                view.row(_sign(fits), pair.left, "question")
                view.row(styled("    "), right, you="" if fits else given or "nothing")
        case cards.Statements(statements=statements):
            for each, (_, given, fits) in zip(statements, parts, strict=True):
                you = {1: "yes", 0: "no"}.get(given, "nothing")
                lead = _sign(fits).append("yes  " if each.right else "no   ", "key")
                view.row(lead, each.text, you="" if fits else you)
                if each.because:
                    view.row(styled(" " * lead.cell_len), each.because)
        case cards.Code(code=text, language=language):
            view.body += code(text, language, view.width, indent=INDENT, gaps=solved)
        case cards.Basic(answer=text):
            view.body += [styled("  ▎ ", "accent") + line for line in prose(text, view.width - 4)]
    if answer is not None and isinstance(card, cards.Basic | cards.Cloze | cards.Code):
        view.gap()
        for n, (right, given, fits) in enumerate(parts, 1):
            lead = _sign(fits).append(f"{n} " if len(parts) > 1 else "")
            whole = clean_line(given) if isinstance(card, cards.Code) and card.wrong else ""
            words = styled("you: ", "quiet") + (styled(whole) or differing(clean_line(given), right))
            words = words if given else styled("you: nothing", "quiet")
            view.body += rows(lead, wrap(words, view.width - lead.cell_len))
    _background(view, card)
    return view


def verdict(answer: Answer, marked: Mark) -> Text:
    """Whether an answer was right, with a mark and a colour."""
    if marked.right:
        return styled(f"{RIGHT} Right", "right")
    if answer and marked.points:
        return styled(f"{WRONG} Partly right: {marked.points} of {marked.of} points", "warning")
    return styled(f"{WRONG} {'Wrong' if answer else 'Not answered'}", "wrong")


def _sign(fits: bool, more: str = "") -> Text:
    style = "right" if fits else "wrong"
    return styled(f"{RIGHT if fits else WRONG} ", style).append(more, style)


def differing(typed: str, right: str) -> Text:
    """What was typed, with all that is not in the right answer underlined."""
    if typed.casefold() == right.casefold():
        return styled(typed)
    from rapidfuzz.distance import Indel  # 50 ms that only a slip needs

    result = Text()
    for step in Indel.opcodes(typed.casefold(), right.casefold()):
        part = typed[step.src_start : step.src_end]
        result.append("‸" if step.tag == "insert" else part, "" if step.tag == "equal" else "slip")
    return result


def _background(view: CardView, card: Card) -> None:
    """Why, what the notes said, and where the card comes from."""
    advice = "This is advice, not a fact of the product." if card.status == "advice" else ""
    lead, warning = styled("  "), styled("  ! ", "warning")
    for first, words in ((lead, card.explain), (warning, card.shows), (lead, advice)):
        if words:
            view.gap()
            view.row(first, words)
    if card.source:
        view.gap()
        view.body += source_line(card.source, view.width)


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
