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

_CONTROLS = {n: chr(0x2400 + n) for n in range(32)} | {0x7F: "\u2421", 0x09: "\t", 0x0D: ""}
_CONTROLS |= dict.fromkeys((0x0A, 0x85, 0x2028, 0x2029), "\n")
_REPLACED = (
    # C1 controls, marks and overrides of direction, lone surrogates, what is no character.
    "[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_REMOVED = (
    # What has no width and no business: zero-width spaces, fillers, invisible operators, tags.
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
_IDLE_JOINERS = (  # compiled at the first such text: 1 ms
    # Joiners belong between the letters of scripts that join, and in emoji; a selector behind what it selects.
    "(?<![\u0600-\u1fff\u2190-\u2bff\ua800-\uabff\ufb50-\ufdff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
    "|(?<=[\u200c\u200d])[\u200c\u200d]+|(?<![\\w#*\u2010-\u3299\U0001f000-\U0001faff])[\ufe00-\ufe0f]+"
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
)


def clean(text: str) -> str:
    """Text that a terminal shows and does not obey, on as many lines as it has.

    Control characters become pictures of themselves (␛); overrides of direction and lone surrogates the replacement
    character; zero-width tricks go; every line ending is a newline; a tab goes to the next fourth column.
    """
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_REMOVED, "", re.sub(_REPLACED, "\ufffd", text.replace("\r\n", "\n").translate(_CONTROLS)))
    if _JOINERS.search(text):
        text = re.sub(_IDLE_JOINERS, "", text)
    return text.expandtabs(TAB)


def clean_line(text: str) -> str:
    """The same on one line, for names in a sentence: a newline in a file's name must not look like a new message."""
    return " ".join(clean(text).split("\n"))


def safe_link(url: str) -> str:
    """An address that a terminal may be given as a link; "" if it is not a sound address of the web."""
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
    """Write data for programs: what is not ASCII, or what a terminal would obey, is escaped, and nothing is lost."""
    say(json.dumps(data, indent=1), as_is=True)


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
