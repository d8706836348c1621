"""What is shown over a card: keys, note, memory, history; the learner's own editor; and the end of a session."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
from rich.text import Text

from dp100cards.cards import Card, Source
from dp100cards.clean import clean_line, many, percent
from dp100cards.decks.index import Index
from dp100cards.errors import Problem
from dp100cards.scheduler.engine import ANSWERS, RATINGS, advance
from dp100cards.scheduler.event import REVIEW, CardState, Moment, date_of, day_of
from dp100cards.session.study import Records, StudySession
from dp100cards.ui.card import source_line
from dp100cards.ui.keys import ACTIONS, HELP, Bindings
from dp100cards.ui.text import FLAGS, bar, one_line, rows, said, section, styled, wrap
from dp100cards.ui.view import Hint, Page, Size, Stage

LATEST = 12  # reviews of a card that its history shows


def help_page(groups: Iterable[tuple[str, Sequence[Hint]]]) -> Page:
    """Every key and what it does, in groups."""

    def lines(size: Size) -> list[Text]:
        body: list[Text] = []
        for title, hints in groups:
            body += [Text(), styled(f"  {title}", "title")]
            for key, does in hints:
                body += rows(styled(f"  {key:<11} ", "key"), wrap(styled(does), size.width - 15))
        return body

    return Page("Keys", lines)


def card_keys(bindings: Bindings, *, rated: bool) -> list[tuple[str, list[Hint]]]:
    """The keys of study, or of a quiz, where nothing is rated."""
    groups: dict[str, list[Hint]] = {"Answer": [*HELP["answer"]]}
    for action, (_, group, does) in ACTIONS.items():
        if rated or group != "Rate":
            groups.setdefault(group, []).append((bindings.key_of[action], does))
    return list(groups.items())


def note_of(card: Card, index: Index) -> str | None:
    """The text of the note that a card comes from."""
    return index.note(card.source.note) if card.source and card.source.note else None


def note_page(card: Card, index: Index) -> Page:
    source, text = card.source, note_of(card, index)

    def lines(size: Size) -> list[Text]:
        if source is None or not (source.note or source.url):
            return [Text(), *said("This card names no source.", size.width - 2)]
        body = [Text(), *source_line(source, size.width - 2), Text()]
        if text is not None:
            return body + note_lines(source, text, size.width)
        words = f"The note {source.note} is not in the collection. The card quotes: “{source.quote}”"
        return body + (said(clean_line(words), size.width - 2) if source.note else [])

    return Page("Source", lines, seek="▎")


def note_lines(source: Source, text: str, width: int, around: int | None = None) -> list[Text]:
    """The lines of a note, numbered, those of a card marked; all, or so many around them."""
    first, last = source.lines
    result: list[Text] = []
    for number, line in enumerate(text.split("\n"), 1):
        inside = first <= number <= last
        if around is None or first - around <= number <= last + around:
            lead = styled(f" {'▎' if inside else ' '}{number:>4}  ", "accent" if inside else "quiet")
            result += rows(lead, wrap(styled(line, "" if inside else "quiet"), width - lead.cell_len - 1))
    return result


def info_page(card: Card, records: Records, now: Moment) -> Page:
    history = history_lines(records, card.id)
    return Page("Card info", lambda size: [Text(), *info_lines(card, records, now, size.width), *history])


def info_lines(card: Card, records: Records, now: Moment, width: int) -> list[Text]:
    state = records.state(card.id)
    out = "rejected" if state.rejected else "suspended" if state.suspended else ""
    due = f"{date_of(state.due_day)}, {many(state.interval, 'day')} after the last review"
    due = f"never: {out}" if out else due if state.phase == REVIEW else "today, in learning"
    facts = {"Card": f"{card.id}, {card.kind}", "Phase": "rejected" if state.rejected else state.phase}
    if not state.is_new:
        facts["Recall now"] = percent(records.engine.retrievability(state, now))
        facts["Stability"] = f"{state.stability:.3g} days until recall is 90 %"
        facts["Difficulty"] = f"{state.difficulty:.1f} of 10"
        facts["Reviews"] = f"{state.reps}, forgotten {many(state.lapses, 'time')}"
    facts["Due"] = "" if state.is_new and not state.suspended else due
    facts["Flag"] = f"{state.flag}, {FLAGS[state.flag]}" if state.flag else ""
    facts["Tags"] = ", ".join(map(clean_line, card.tags))
    facts["Skills"] = ", ".join(map(clean_line, card.skills))
    result: list[Text] = []
    for name, value in facts.items():
        result += rows(styled(f"  {name:<12}  ", "quiet"), wrap(styled(value), width - 17)) if value else []
    return result


def history_lines(records: Records, card: str) -> list[Text]:
    """The last reviews: when, how rated, what came of it."""
    state, result = CardState(card), list[Text]()
    for event in records.events(card):
        state = advance(records.engine, state, event)
        if event.kind == "review":
            after = many(state.interval, "day") if state.phase == REVIEW else state.phase
            row = styled(f"  {date_of(day_of(event.moment))}  ", "quiet")
            row.append(f"{ANSWERS[event.rating]:<6}", ANSWERS[event.rating])
            result.append(row.append(f" {after:<11} stability {state.stability:.3g}", "quiet"))
    earlier = len(result) - LATEST
    return section("History", [styled(f"  … {earlier} earlier", "quiet")] * (earlier > 0) + result[-LATEST:])


# The editor

AT_LINE = dict.fromkeys(("code", "codium"), "--wait --goto {path}:{line}")
AT_LINE |= {"subl": "--wait {path}:{line}", "hx": "{path}:{line}", "notepad": "{path}"}
"""Editors that do not understand `+LINE FILE`, and what they understand."""


def editor() -> str:
    """The learner's editor, as a command; "" if there is none."""
    import shutil  # 1 ms that a first card saves

    named = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    usual = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")
    return next(filter(None, (*named, *filter(shutil.which, usual))), "")


def edit(stage: Stage, index: Index, card: str, reread: Callable[[], None]) -> str:
    """Edit a card until its deck is sound or the learner leaves it as it is; what there is to say of it."""
    if (place := index.place(card)) is None:
        return "The deck file is not there."
    tool, (path, line, _) = editor(), place
    if not os.access(path, os.W_OK):
        return f"{path} cannot be written. `dp100 init DIR` makes a collection of your own."
    if not tool or not sys.stdin.isatty():
        return f"The card is at {path}:{line}. Edit it there; the change counts at once."
    while True:
        with stage.released():
            message = run(tool, path, line)
        reread()
        problems = [problem for problem in index.problems() if problem.path == index.shown(path)]
        if not problems or stage.run(_mistakes(problems)).pressed not in ("e", "enter"):
            return message
        line = problems[0].line or line


def run(tool: str, path: Path, line: int) -> str:
    """Run the editor and wait for it; what went wrong, or "".

    Ctrl-C is the editor's meanwhile: it must not end the program that waits for it, and with that the editor. A
    handler of our own is used, for the editor would inherit it if the signal were ignored.
    """
    options, _, file = AT_LINE.get(Path(tool.split()[0]).stem.casefold(), "+{line} {path}").rpartition(" ")
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        click.edit(filename=file.format(path=path, line=line), editor=f"{tool} {options.format(line=line)}")
    except (click.ClickException, ValueError) as error:
        return f"The editor failed: {error}."
    finally:
        signal.signal(signal.SIGINT, before)
    return ""


def _mistakes(problems: list[Problem]) -> Page:
    """What is wrong in the deck now, to be mended at once or left."""
    saved = "Your text is saved as you left it. Until it is corrected, this card cannot be asked."

    def lines(size: Size) -> list[Text]:
        return [line for each in (*problems, saved) for line in (Text(), *said(str(each), size.width - 2))]

    return Page("The deck has a mistake", lines, [("e", "edit again"), ("q", "go on without")])


# The end of a session


class Closing(NamedTuple):
    """What there is to say at the end of a session."""

    lines: Sequence[str]  # in words, most important first; also for what is left on the terminal
    coming: Sequence[int] = ()  # cards that fall due on each of the coming days, tomorrow first
    new: int = 0  # cards begun today
    more_new: int = 0  # new cards that could be asked on top


def summary(session: StudySession, closing: Closing, size: Size) -> tuple[str, list[Text]]:
    """The title and the lines of a session's end."""
    words, done, body = closing.lines, session.done, [Text()]
    title = "The end" if size.plain else words[0].partition(":")[0].rstrip(".")
    if done and not size.plain and not size.compact:
        counts = Counter(each.rating for each in done)
        for rating in RATINGS:
            lead = styled(f"  {ANSWERS[rating]:<6} {counts[rating]:>4}  ")
            share = counts[rating] / max(counts.values())
            body.append(lead + bar(share, max(size.width - 20, 8), ANSWERS[rating]))
        body.append(Text())
        words = words[1:]
    body += said(words, size.width - 2)
    if any(closing.coming) and not size.plain:
        body += [Text(), styled("  Reviews in the coming days", "quiet")]
        for n, count in enumerate(closing.coming, 1):
            lead = styled(f"  {'tomorrow' if n == 1 else f'in {n} days':<10} {count:>4}  ", "quiet")
            body.append(lead + bar(count / max(closing.coming), max(size.width - 24, 8), "accent"))
    return title, body


def score(session: StudySession, closing: Closing, size: Size) -> tuple[str, list[Text]]:
    """The same of a quiz."""
    body = [Text(), *said(closing.lines, size.width - 2)]
    for answer in session.done:
        if card := session.index.card(answer.card):
            lead = styled("  ✓ ", "right") if answer.value else styled("  ✗ ", "wrong")
            body += [Text(), *rows(lead, wrap(styled(one_line(card.ask)), size.width - 6))]
    return "Quiz", body


def score_sentence(session: StudySession) -> str:
    if not session.done:
        return "Nothing was answered."
    count, right = len(session.done), sum(answer.value for answer in session.done)
    return (
        f"{right} of {many(count, 'question')} right ({percent(right / count)}). The schedule is unchanged."
    )
