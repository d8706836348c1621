"""The one gate for text that is shown: what comes from a file, a name or an error reaches the terminal only cleaned.

A deck, a note, a package or a folder's name may be a stranger's. A terminal obeys what is in a text: it can be made
to write to the clipboard, to hide words or to turn their direction. Here such characters become visible or go.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable

TAB = 4

_REPLACED = (
    *range(0x80, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    *range(0xFFF9, 0xFFFC), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF,
)  # fmt: skip
"""C1 controls, marks and overrides of direction, lone surrogates, what is no character."""
_REMOVED = (
    0x0D, 0xAD, 0x34F, 0x115F, 0x1160, *range(0x17B4, 0x17B6), *range(0x180B, 0x1810), 0x200B, *range(0x2060, 0x2066),
    *range(0x206A, 0x2070), 0x3164, 0xFEFF, 0xFFA0, *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),
)  # fmt: skip
"""What has no width and no business: zero-width spaces, fillers, invisible operators, tags."""
_TABLE: dict[int, str] = {
    **{n: chr(0x2400 + n) for n in range(32)},
    **dict.fromkeys(_REPLACED, "\ufffd"),
    **dict.fromkeys(_REMOVED, ""),
    **dict.fromkeys((0x0A, 0x85, 0x2028, 0x2029), "\n"),
    0x09: "\t",
    0x7F: "\u2421",
}
_SURROGATES, _TAGS = re.compile("[\ud800-\udfff]"), re.compile("[\U000e0000-\U000e0fff]")
"""Thousands of characters: a table of them would cost each start 2 ms."""
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
_IDLE_JOINERS = (  # compiled at the first such text: 1 ms
    # Joiners belong between the letters of scripts that join, and in emoji; a selector behind what it selects.
    "(?<![\u0600-\u1fff\u2190-\u2bff\ua800-\uabff\ufb50-\ufdff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
    "|(?<=[\u200c\u200d])[\u200c\u200d]+|(?<![\\w#*\u2000-\u3299\U0001f000-\U0001faff])[\ufe00-\ufe0f]+"
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
)


def clean(text: str) -> str:
    """Text that a terminal shows and does not obey, on as many lines as it has.

    Control characters become pictures of themselves (␛); overrides of direction and lone surrogates the replacement
    character; zero-width tricks go; every line ending is a newline; a tab goes to the next fourth column.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _TAGS.sub("", _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").translate(_TABLE)))
    if _JOINERS.search(text):
        text = re.sub(_IDLE_JOINERS, "", text)
    return text.expandtabs(TAB)


def clean_line(text: str) -> str:
    """The same on one line, for names in a sentence: a newline in a file's name must not look like a new message."""
    return " ".join(clean(text).split("\n"))


def safe_link(url: str) -> str:
    """An address that a terminal may be given as a link; "" if it is none of the web or holds what it must not."""
    usable = url.isascii() and url.isprintable() and " " not in url
    return url if usable and url.startswith(("https://", "http://")) else ""


_hints: tuple[re.Pattern[str], str] | None = None


def repeat_in_hints(commands: Iterable[str], options: str) -> None:
    """Have `say` repeat the options of this command line in each command that it tells the learner to type."""
    global _hints
    names = "|".join([*commands, "--help"])
    _hints = (re.compile(rf"\bdp100 (?=(?:{names})\b)"), f"dp100 {options} ") if options else None


def as_typed(text: str) -> str:
    """A text in which each command is as it must be typed here."""
    return _hints[0].sub(lambda _: _hints[1] if _hints else "", text) if _hints else text


def say(text: object = "", *, err: bool = False, end: str = "\n", as_is: bool = False) -> None:
    """Write text to stdout or stderr, cleaned: what commands use instead of `click.echo`.

    `as_is`: no command in it is one to type, such as in a note.
    """
    stream = sys.stderr if err else sys.stdout
    if stream is not None:
        stream.write(clean(str(text) if as_is else as_typed(str(text))) + end)
        stream.flush()


def say_json(data: object) -> None:
    """Write data for programs: what a terminal would obey is escaped, so that nothing is lost."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    escaped = "".join(c if c == "\n" or clean(c) == c else json.dumps(c)[1:-1] for c in text)
    sys.stdout.write(escaped + "\n")
    sys.stdout.flush()


def many(count: int, noun: str = "card") -> str:
    """A number with its noun: 1 card, 2 cards."""
    return f"{count} {noun}{'s' * (count != 1)}"


def percent(share: float) -> str:
    """A share: 92 %."""
    return f"{share:.0%}".replace("%", " %")


def duration(milliseconds: int) -> str:
    """A time: 40 seconds, 12 minutes, 1 hour 12 minutes."""
    seconds = round(milliseconds / 1000)
    if seconds < 90:
        return many(seconds, "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(many(count, noun) for count, noun in ((hours, "hour"), (minutes, "minute")) if count)
