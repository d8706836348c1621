"""What an exam says: when a section begins, before one is left for good, before a pause, before the end."""

from __future__ import annotations

from dp100cards.exam.sitting import Sitting, closes
from dp100cards.ui.amounts import many


def section(sitting: Sitting, question: int) -> tuple[str, int, int]:
    """The heading of a question's section, its number in the section from 1, and of how many."""
    heading = sitting.headings[question] if sitting.headings else ""
    mine = [n for n, each in enumerate(sitting.headings) if each == heading]
    return heading, mine.index(question) + 1 if mine else question + 1, len(mine)


def beginning(sitting: Sitting) -> str:
    """What is said with the first question of a paper that has sections."""
    return _announced(sitting) if sitting.at == 0 and not sitting.used else ""


def entering(sitting: Sitting, before: int) -> str:
    """What is said after coming from another question: that a section begins."""
    if sitting.headings and sitting.headings[before] != sitting.headings[sitting.at]:
        return _announced(sitting)
    return ""


def leaving(sitting: Sitting, to: int) -> str:
    """What is asked before something is left for good; "" if nothing is."""
    closing = closes(sitting, to) - sitting.locked
    if not closing:
        return ""
    open_ = [n for n in closing if not sitting.places[n].answered]
    heading, _, count = section(sitting, sitting.at)
    missing = (
        f" {len(open_)} of its {count} questions {'are' if len(open_) > 1 else 'is'} not answered."
        if open_
        else ""
    )
    return f"Leave {heading} for good?{missing}"


def _announced(sitting: Sitting) -> str:
    heading, _, count = section(sitting, sitting.at)
    if not heading:
        return ""
    lock = sitting.locks[sitting.at] if sitting.locks and sitting.closing else ""
    rule = ""
    if lock:
        rule = f" Once you leave {'them, they are' if count > 1 else 'it, it is'} closed for good."
    return f"{heading}: {many(count, 'question')}.{rule}"


def clock(milliseconds: int) -> str:
    """Time left, as 1:39:05 or 9:05."""
    seconds = -(-milliseconds // 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def before_handing_in(sitting: Sitting) -> str:
    """The question before handing in, which names what is unanswered and marked."""
    unanswered, marked = sitting.unanswered, sitting.marked
    told = [f"{len(unanswered)} unanswered ({numbers(unanswered)})"] if unanswered else []
    told += [f"{len(marked)} marked ({numbers(marked)})"] if marked else []
    return f"{', '.join(told)}. Hand in all the same?" if told else "All answered. Hand in?"


def before_pausing(sitting: Sitting) -> str:
    """The question before a break, which says what a break costs."""
    if sitting.strict:
        return "Pause? The clock runs on, and what you have seen and answered will be locked."
    return "Pause? The sitting waits, and its clock with it."


def numbers(questions: list[int], most: int = 6) -> str:
    """Question numbers for people: 3, 7, 12 …"""
    shown = ", ".join(str(n + 1) for n in questions[:most])
    return shown + (" …" if len(questions) > most else "")
