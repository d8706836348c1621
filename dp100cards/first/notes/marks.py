"""Marks of other dialects, rewritten line for line as CommonMark knows them: pasted bullets, boxes of tasks, pictures.

No line is added or taken away, and no word changes, so that a fact can still name its lines and quote them.
"""

from __future__ import annotations

import re

_BULLET = re.compile(r"^([ \t]*)(?:[•◦▪●○‣➢➤·][ \t]*|o[ \t]+(?=[A-Z`*“\"(]))(?=\S)", re.MULTILINE)
"""Bullets as word processors paste them: signs, and the letter o of a list within a list."""
_BOX = re.compile(r"^([ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+)\[[ xX]\][ \t]+(?=\S)", re.MULTILINE)
"""The box of a task, "- [ ] AWS WAF": what is to be learned is no less stated."""
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)", re.MULTILINE | re.DOTALL)
_FOREIGN = re.compile(r"^[ \t]*(?::::.*|\[\^[^\]\n]+\]:.*)$", re.MULTILINE)
"""Lines of other dialects that state nothing: the fences of admonitions, and footnotes."""
_TITLED = re.compile(
    r"^:{3,}[ \t]*\{?[A-Za-z]+\}?[ \t]*\[?(?P<title>[^\W\d_][^\n{}\[\]]*?)\]?[ \t]*\n"
    r"(?P<inside>(?:(?!:::).*\n)*?):{3,}[ \t]*$",
    re.MULTILINE,
)
"""An admonition with a title of its own: ":::note Cell wall" … ":::"."""
CLOSES = "\ue000"
"""The heading, of no letter, under which a note goes on behind such an admonition: it stands where that one stood."""
CONTENTS = re.compile(r"\W*(?:table of contents|contents|toc)\W*", re.IGNORECASE)

_CROSSES = "\u274c\u274e\u2716\u2717\u2718\u26d4\U0001f6ab\U0001f44e"
"""Pictures that say no: a line behind one says what is wrong, and not what is so."""
CROSSED = re.compile(rf"\W{{0,3}}[{_CROSSES}]")
_PICTURE = rf"(?:(?![{_CROSSES}])[\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0e\ufe0f]*)"
_KEYCAP = re.compile(r"(\d)\ufe0f?\u20e3[ \t]*")
_PICTURED = re.compile(
    rf"^(?P<mark>[ \t>]*(?:(?:[-*+]|\d{{1,3}}[.)]|\#{{1,6}})[ \t]+)?)(?P<emphasis>[*_]{{0,3}})"
    rf"(?P<pictures>(?:{_PICTURE}[ \t]*)+|\d\ufe0f?\u20e3[ \t]*)(?P<more>[*_]{{0,3}})(?=[^\s|])"
)
"""A line that begins with pictures, as some mark their points: "✅ …", "- 🔹 **VPC**: …", "### 📌 Storage"."""
_ENDS_PICTURED = re.compile(rf"[ \t]*(?:(?![\u2705\u2714]){_PICTURE}[ \t]*)+$")
"""Pictures that end a line, but those that say yes: they may mark the right option of a question."""
_MAY_BE_PICTURED = re.compile("[\u20e3\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")


def as_commonmark(text: str) -> str:
    """The text with marks that CommonMark knows; code is left alone."""
    pictured = not text.isascii() and _MAY_BE_PICTURED.search(text)
    if not (pictured or _BULLET.search(text) or _FOREIGN.search(text) or _BOX.search(text)):
        return text
    parts, at = [], 0
    for fence in _FENCED.finditer(text):
        parts += [_known(text[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*parts, _known(text[at:])])


def _known(text: str) -> str:
    text = _TITLED.sub(rf"###### \g<title>\n\g<inside>###### {CLOSES}", text)
    text = _BOX.sub(r"\1", _BULLET.sub(r"\1- ", text))
    if not text.isascii() and _MAY_BE_PICTURED.search(text):
        text = _without_pictures(text)
    return _FOREIGN.sub("", text)


def _without_pictures(text: str) -> str:
    """Lines without the pictures at their ends. Where such lines stand one below the other, pictures are bullets."""
    lines = text.split("\n")
    pictured = [None if line.lstrip(" >").startswith("|") else _PICTURED.match(line) for line in lines]
    points = [bool(found and not found["mark"].strip(" \t>")) for found in pictured]
    for n, found in enumerate(pictured):
        line = lines[n]
        if found:
            beside = (n and lines[n - 1].strip()) or (points[n + 1] if n + 1 < len(lines) else False)
            mark = found["mark"] + (_point(found["pictures"]) if points[n] and beside else "")
            line = mark + found["emphasis"] + found["more"] + line[found.end() :]
        if not line.isascii() and not line.rstrip().endswith("|"):
            line = _ENDS_PICTURED.sub("", line) or line
        lines[n] = line
    return "\n".join(lines)


def _point(pictures: str) -> str:
    keycap = _KEYCAP.match(pictures)
    return f"{keycap[1]}. " if keycap else "- "
