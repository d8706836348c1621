"""What a note says about itself: its front matter, and the attributes at the end of a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from dp100cards.cards import LEVELS, Source
from dp100cards.errors import Problem

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar is text: a date stays as it is written, and `no` is not false."""
FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
PAIR = re.compile(r"""([\w-]+)=("[^"]*"|'[^']*'|\S+)""")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SKILL = re.compile(r"[a-z0-9-]+/[A-Za-z0-9][\w.-]*\Z")
MOST_SKILLS = 2


NO_PAGE = Source()


@dataclass(frozen=True)
class Given:
    """The attributes in force at a heading: its own, else those of the headings above it."""

    level: str = ""
    skills: tuple[str, ...] = ()
    page: Source = NO_PAGE
    """The public page: only title, url, date and checked are used."""

    def source(self, note: str, lines: tuple[int, int], quote: str) -> Source:
        """A source with a place in the notes and this page."""
        page = self.page
        return Source(note, lines, quote, page.title, page.url, page.date, page.checked)


@dataclass(frozen=True)
class Front:
    """The front matter of one note, checked."""

    deck: str = ""
    title: str = ""
    area: str = ""
    question: str = ""
    given: Given = Given()
    file_skills: tuple[str, ...] = ()
    """A default for recall cards only: an item of exam level names its own skills."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    own: bool = False
    """Is the note written in this program's language? Then it may have facts beside its quiz questions."""


def front_matter(text: str, path: str) -> tuple[Front, str, list[Problem]]:
    """The front matter, the note with blank lines in its place (line numbers stay), and its mistakes."""
    match = FRONT.match(text)
    if not match:
        return Front(), text.removeprefix("\ufeff"), []
    problems: list[Problem] = []
    rest = "\n" * match[0].count("\n") + text[match.end() :]
    try:
        data: Any = yaml.load(match[1], LOADER)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", "") or "it is not YAML"
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 0)
        return Front(), rest, [Problem(path, line, column, f"the front matter cannot be read: {reason}")]
    if not isinstance(data, dict):
        return Front(), rest if not data else text, []

    def wrong(name: str, message: str) -> None:
        lines = match[1].splitlines()
        line = next((n for n, each in enumerate(lines, 2) if each.lstrip().startswith(f"{name}:")), 1)
        problems.append(Problem(path, line, 0, message))

    def text_of(name: str) -> str:
        value = data.get(name, "")
        return " ".join(value.split()) if isinstance(value, str) else ""

    deck = text_of("deck")
    if deck and not SLUG.match(deck):
        wrong("deck", f"a deck's name may hold only a–z, 0–9 and single hyphens, not {deck!r}")
        deck = ""
    sources = {}
    listed = data.get("sources")
    for name, page in listed.items() if isinstance(listed, dict) else ():
        if isinstance(page, dict) and all(isinstance(part, str) for part in page.values()):
            parts = {key: page.get(key, "") for key in ("title", "url", "date", "checked")}
            sources[str(name)] = Source(**parts)
        else:
            wrong(str(name), f"the source {name!r} needs title, url, date and checked")
    page = Source(url=text_of("documentation"))
    skills = data.get("skills", "")
    pairs = {"level": text_of("level"), "source": text_of("source") if sources else ""}
    pairs["skills"] = ",".join(map(str, skills)) if isinstance(skills, list) else str(skills)
    given, mistakes = attributes(pairs, Given(page=page), sources)
    for message in mistakes:
        wrong(message.split()[1], message)
    question = data.get("question", "")
    own = bool(deck or sources or given.level or given.skills)
    return (
        Front(
            deck,
            text_of("title"),
            text_of("area"),
            question.strip() if isinstance(question, str) else "",
            replace(given, skills=()),
            given.skills,
            sources,
            own,
        ),
        rest,
        problems,
    )


def heading_attributes(text: str) -> tuple[str, dict[str, str]]:
    """A heading without the `{…}` at its end, and what stands in there; `{#anchor .class}` is only taken off."""
    match = ATTRIBUTES.search(text)
    if not match:
        return text, {}
    pairs = {name: value.strip("\"'") for name, value in PAIR.findall(match[1])}
    rest = PAIR.sub("", match[1]).split()
    if not match[1].strip() or any(word[0] not in "#.:" for word in rest) or not (pairs or rest):
        return text, {}
    return text[: match.start()], pairs


def attributes(
    pairs: Mapping[str, str], above: Given, sources: Mapping[str, Source]
) -> tuple[Given, list[str]]:
    """The attributes that hold below a heading with these pairs, and what is wrong with them."""
    given, wrong = above, []
    if level := pairs.get("level", ""):
        if level in LEVELS:
            given = replace(given, level=level)
        else:
            wrong.append(f"the level {level!r} is unknown: it is recall or exam")
    if listed := pairs.get("skills", ""):
        skills = tuple(dict.fromkeys(part.strip() for part in listed.split(",") if part.strip()))
        exams = [skill.partition("/")[0] for skill in skills]
        if bad := [skill for skill in skills if not SKILL.match(skill)]:
            wrong.append(f"the skills {', '.join(bad)!r} are not written as exam/number")
        elif max(map(exams.count, exams)) > MOST_SKILLS:
            wrong.append(f"the skills {listed!r} are more than {MOST_SKILLS} of one exam")
        else:
            given = replace(given, skills=skills)
    if name := pairs.get("source", ""):
        name, _, anchor = name.partition("#")
        if page := sources.get(name):
            url = f"{page.url.partition('#')[0]}#{anchor}" if anchor else page.url
            given = replace(given, page=replace(page, url=url))
        else:
            wrong.append(f"the source {name!r} is not listed under sources: in the front matter")
    return given, wrong
