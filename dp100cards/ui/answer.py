"""A card with its answer: what was right, what was answered, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
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
    Statements,
    gaps,
    key,
    same_text,
)
from dp100cards.exchange.wording import place
from dp100cards.ui.ask import INDENT, View, question
from dp100cards.ui.attempt import Attempt
from dp100cards.ui.text import clean, code_lines, lines, styled

RIGHT, WRONG, NEITHER = "✓", "✗", " "


def answered(
    attempt: Attempt, answer: Answer | None, marked: Mark | None, console: Console, width: int
) -> View:
    """The card with its answer; `answer` and `marked` are None where the learner judges from memory."""
    card = attempt.card
    view = View([Text()])
    filled = (
        [styled(text, "filled") for text in map(clean, gaps(card.ask))] if isinstance(card, Cloze) else []
    )
    view.add(*question(card, console, width, shown=filled))
    view.gap()
    match card:
        case Choice(options=options) | Multiple(options=options):
            rows = [
                (letter, options[i], i) for letter, i in zip(attempt.labels, attempt.shuffle, strict=True)
            ]
            _options(view, rows, answer or (), console, width)
        case Order(items=items):
            _order(view, items, answer, console, width)
        case Match(pairs=pairs):
            rights = [pair.right for pair in pairs]
            given = [rights[i] if isinstance(i, int) and i >= 0 else "" for i in answer or ()]
            _parts(view, [pair.left for pair in pairs], rights, given, console, width)
        case Statements(statements=statements):
            _statements(view, statements, answer, console, width)
        case Code(code=code, language=language):
            solved = [styled(clean(text), "filled") for text in gaps(code)]
            view.add(*code_lines(code, language, width - INDENT, indent=INDENT, gaps=solved))
        case Basic(answer=text):
            view.add(*_barred(lines(text, console, width - INDENT - 2)))
    if answer is not None and isinstance(card, Basic | Cloze | Code):
        _typed(view, card, answer, console, width)
    verdict = _verdict(answer, marked)
    if verdict is not None:
        view.gap()
        view.add(Text(" " * INDENT) + verdict)
    _background(view, card, console, width)
    return view


def _verdict(answer: Answer | None, marked: Mark | None) -> Text | None:
    if marked is None:
        return None
    if marked.right:
        return styled(f"{RIGHT} Right", "right")
    if not answer:
        return styled(f"{WRONG} Not answered", "wrong")
    if marked.of > 1:
        return styled(f"{WRONG} {marked.points} of {marked.of} points", "wrong")
    return styled(f"{WRONG} Not right", "wrong")


def _options(
    view: View, rows: list[tuple[str, Option, int]], chosen: Answer, console: Console, width: int
) -> None:
    for letter, option, index in rows:
        took = index in chosen
        sign = RIGHT if option.right else WRONG if took else NEITHER
        style = "right" if option.right else "wrong" if took else "quiet"
        lead = styled(f"{sign} ", style).append(f"{letter}  ", style if option.right or took else "quiet")
        room = width - lead.cell_len
        text = lines(option.text, console, room, style=style)
        if took or (option.right and len(chosen) > 1):
            text[-1] = _noted(text[-1], "your choice" if took else "missed", room)
        view.row(lead, text)
        if option.because:
            view.row(Text(" " * lead.cell_len), lines(option.because, console, room, style="quiet"))


def _noted(line: Text, words: str, room: int) -> Text:
    note = styled(f"  ← {words}", "quiet")
    return line + note if line.cell_len + note.cell_len <= room else line


def _order(view: View, items: Sequence[str], answer: Answer | None, console: Console, width: int) -> None:
    given = [items[i] for i in answer or () if isinstance(i, int)]
    for row, item in enumerate(items):
        fits = answer is None or (row < len(given) and given[row] == item)
        lead = styled(f"{RIGHT if fits else WRONG} {row + 1:>2}  ", "right" if fits else "wrong")
        text = lines(item, console, width - lead.cell_len)
        if not fits and item in given:
            text[-1] = _noted(text[-1], f"you put it {given.index(item) + 1}.", width - lead.cell_len)
        view.row(lead, text)


def _parts(
    view: View, lefts: list[str], rights: list[str], given: list[str], console: Console, width: int
) -> None:
    for n, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        fits = not given or (n < len(given) and given[n] == right)
        lead = styled(f"{RIGHT if fits else WRONG} ", "right" if fits else "wrong")
        view.row(lead, lines(left, console, width - 2, style="question"))
        view.row(Text("    "), lines(right, console, width - 4))
        if not fits and n < len(given):
            said = f"you: {given[n]}" if given[n] else "you left it open"
            view.row(Text("    "), lines(said, console, width - 4, style="quiet"))


def _statements(
    view: View, statements: Sequence[Option], answer: Answer | None, console: Console, width: int
) -> None:
    for n, statement in enumerate(statements):
        said = answer[n] if answer and n < len(answer) else None
        fits = said is None or said == int(statement.right)
        lead = styled(f"{RIGHT if fits else WRONG} ", "right" if fits else "wrong")
        lead.append(f"{'yes' if statement.right else 'no':<3}  ", "key")
        room = width - lead.cell_len
        view.row(lead, lines(statement.text, console, room))
        if not fits:
            word = (
                {1: "you said yes", 0: "you said no"}.get(int(said or 0), "") if said != -1 else "left open"
            )
            view.row(Text(" " * lead.cell_len), [styled(word, "quiet")])
        if statement.because:
            view.row(Text(" " * lead.cell_len), lines(statement.because, console, room, style="quiet"))


def _typed(view: View, card: Card, answer: Answer, console: Console, width: int) -> None:
    """What was typed or picked for each gap, and where it differs from what is right."""
    view.gap()
    wanted = [str(text) for text in key(card)]
    for n, right in enumerate(wanted):
        typed = clean(str(answer[n])) if n < len(answer) else ""
        fits = same_text(typed, right)
        exact = typed.casefold().strip() == right.casefold().strip()
        lead = styled(f"{RIGHT if fits else WRONG} ", "right" if fits else "wrong")
        lead.append(f"{n + 1} " if len(wanted) > 1 else "")
        if not typed:
            words = styled("nothing typed", "quiet")
        elif exact:
            words = Text(typed)
        else:
            words = styled("you: ", "quiet") + differing(typed, right)
        view.row(lead, list(words.wrap(console, width - lead.cell_len, overflow="fold")))


def differing(typed: str, right: str) -> Text:
    """What was typed, with all that is not in the right answer underlined."""
    from rapidfuzz.distance import Indel

    result = Text()
    for step in Indel.opcodes(typed.casefold(), right.casefold()):
        part = typed[step.src_start : step.src_end]
        if step.tag == "insert":
            result.append("‸", "slip")
        else:
            result.append(part, "" if step.tag == "equal" else "slip")
    return result


def _background(view: View, card: Card, console: Console, width: int) -> None:
    """Why, what the notes said, and where the card comes from."""
    if card.explain:
        view.gap()
        view.add(*lines(card.explain, console, width - INDENT, indent=INDENT))
    if card.shows:
        view.gap()
        view.row(styled("  ! ", "warning"), lines(card.shows, console, width - 4, style="quiet"))
    if card.status == "advice":
        view.gap()
        view.add(styled("  This is advice, not a fact of the product.", "quiet"))
    if card.source:
        view.gap()
        view.add(*lines(place(card), console, width - INDENT, indent=INDENT, style="quiet"))


def _barred(text: list[Text]) -> list[Text]:
    """A block of text with a bar at its left side."""
    return [styled("  ▎ ", "accent") + line for line in text]
