"""Facts, and those that one line gives: terms and what is said of them, short sentences, abbreviations, contrasts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dp100cards.notes.blocks import Block, Lines, Section
from dp100cards.notes.inline import LINK, PICTURE, bare, plain, sentences
from dp100cards.notes.sentences import LY, PRONOUN, REMARK, Parts, sentence_parts
from dp100cards.notes.shapes import PROCESS, abbreviations, arrows, contrasts, inline_items, lead_parts
from dp100cards.notes.words import (
    ABSTRACT,
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    NUMBERS,
    STARTS,
    THIRD,
    VERBS,
    Index,
    is_clause,
    is_gerund,
    is_name,
    is_participle,
    is_plural,
    lower,
)

READS_ON = re.compile(r"\b(?:of|for|that|which|to|between|in|from|by|where|who)\b")
IS = re.compile(r"\A(?:Is|Are|This is|These are|It is|It's|They are) ")
READS_AS_NAME = re.compile(r"\b(?:of|for|to|with|that|which|in|by|from|as|between|where|and)\b|\s[÷×+·]\s")
"""Words without an article in front say what something is only where one of these follows."""
NAMED = re.compile(r"s? (?:is|are) (?=an?\b|the\b|one\b)")
OF = re.compile(r"(?:[\w'’-]+ ){1,3}(?:of|for|that|which|to|between|from)\b")
ARTICLE = re.compile(r"(?:an?|the|one) ", re.IGNORECASE)
DONE = re.compile(r"\w{3}ed\b(?! (?:by|on|in|to|for))")
DATE = re.compile(
    r"(?=.*\d)(\d{1,2}(?:st|nd|rd|th)? )?(?:(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Sept|Nov|Dec)ember|October)( \d{1,2}\b,?)?(?: \d{3,4})?\Z"
    r"|(?:c\. ?)?\d{1,4}(?:[-–]\d{1,4})? (?:BCE?|CE|AD)\Z|(?:1\d|20)\d\d(?:[-–]\d\d(?:\d\d)?)?\Z"
)
NAMES = re.compile(r"\S[A-Z0-9`]|^`|(?:\b[A-Z]\w* ){2}[A-Z]")
"""A name that no title makes: RDS, IPv6, Azure Stack Hub."""
TODAY = re.compile(r"Today(?: \([\d-]{4,10}\))?:\s*", re.IGNORECASE)
SAID_BY = re.compile(r"\s*\(Sources?: .*\)\s*\Z", re.DOTALL)
INSTEAD = re.compile(
    r"(?i)(.+?) (?:is|are|was|were|has been|have been|ended|will be)\b.*?[;,.] (?:please )?use (.+?) instead\b"
)
UNSAID = re.compile(r"=|\b(?:it|they|this|etc)\b")
POINTING = re.compile(r"\b(?:above|below)\b", re.IGNORECASE)
WORDS = re.compile(r"\w{3,}")
LEAST_TOLD = 6  # words by which a thing can be told
Items = Sequence[tuple[str, str]]
"""Names, and what is said of each."""


@dataclass(frozen=True)
class Fact:
    """One statement drawn from a note's structure: its kind, the thing it is about, and the words a question needs."""

    kind: str
    subject: str
    value: str
    section: Section
    lines: Lines
    quote: str
    parts: Mapping[str, str]
    items: Items
    about: str
    """The name that the section or the list item is about."""
    shows: str
    """What the note said before a line `> Today: …` took its place."""
    linked: str
    """The statement with its links, where it has any."""


class Spot(NamedTuple):
    """Where the reader is: `about` is what "it" stands for, `concept` what the section is about."""

    section: Section
    lines: Lines
    about: str = ""
    concept: str = ""
    raw: str = ""
    listed: str = ""
    """Is it in a list: a "glossary" of terms, or one in which terms are only "some"?"""

    def at(self, first: int, last: int) -> Spot:
        return self._replace(lines=(first, last))

    def of(self, about: str) -> Spot:
        return self._replace(about=about)

    @property
    def named(self) -> str:
        return self.about or self.concept


def unsaid(names: Sequence[str]) -> Items:
    """Names of which nothing is said."""
    return [(name, "") for name in names]


def is_today(block: Block) -> bool:
    """Is it a line `> Today (2026-06): …`?"""
    return block.kind == "quote" and bool(block.items) and bool(TODAY.match(block.items[0].lead))


def is_talk(text: str) -> bool:
    """Is a text about the course, and not about its subject?"""
    low = text.lower()
    return any(talk in low for talk in LISTS["talk"])


@dataclass
class Facts:
    """The facts of one note, and every statement that was read."""

    index: Index
    facts: list[Fact] = field(default_factory=list)
    said: list[tuple[Lines, str]] = field(default_factory=list)
    short_names: set[str] = field(default_factory=set)
    labels: Counter[str] = field(default_factory=Counter)
    """How often a term or a label stands in the note."""
    heading: str = ""
    topic: str = ""
    """What the section is about as a part of its page: the heading above it, or the page's own name."""
    steps: set[str] = field(default_factory=set)
    """The names of the steps of procedures."""
    shows: str = ""

    def keep(
        self, spot: Spot, quote: str, kind: str, about: str = "", items: Items = (), **parts: str
    ) -> None:
        """Keep a fact. Its subject and its value are among the parts."""
        subject = self.index.inside(parts.pop("subject", ""))
        value = parts.pop("value", "").lstrip(" ;,").rstrip(" .;,")
        many = self.index.is_plural(subject) and not re.match("an? ", subject)
        usual = {"be": "are" if many else "is", "place": spot.concept}
        parts = {**usual, "heading": self.heading, "topic": self.topic, **parts}
        linked = spot.raw if LINK.search(spot.raw) or PICTURE.search(spot.raw) else ""
        place, about = (spot.section, spot.lines), about or spot.named
        self.facts.append(Fact(kind, subject, value, *place, quote, parts, items, about, self.shows, linked))

    def list_fact(self, spot: Spot, lead: str, names: Sequence[str], about: str) -> bool:
        """Keep what the lead of a list asks for, if it does."""
        parts = lead_parts(lead, names, about) if all(names) else None
        if parts:
            self.keep(spot, f"{lead} {'; '.join(names)}", items=unsaid(names), **parts)
        return bool(parts)

    def abbreviations(self, spot: Spot, text: str) -> None:
        """Short names that a text introduces in brackets, each once a note."""
        for short, full in abbreviations(text):
            if short not in self.short_names:
                self.short_names.add(short)
                quote = next((each for each in sentences(text) if short in each), text[:200])
                self.keep(spot, quote, "abbreviation", short, subject=short, value=full)

    def is_common(self, spot: Spot, text: str) -> bool:
        """What paragraphs and list items have in common: abbreviations, contrasts and arrows; is that all of it?"""
        self.abbreviations(spot, text)
        before = len(self.facts)
        for one, other, predicate, clause in contrasts(text):
            self.keep(spot, clause, "contrast", one, subject=one, value=one, other=other, predicate=predicate)
        label, steps = arrows(text)
        name = label if is_name(label) else spot.named if PROCESS.match(spot.section.title) else ""
        if steps and name:
            self.steps.update(map(str.lower, steps))
            self.keep(spot, text, "order", items=unsaid(steps), subject=name)
        if len(self.facts) > before:
            self.said.append((spot.lines, text))
        return len(self.facts) > before

    def today(self, spot: Spot, quote: Block, before: str) -> None:
        """What holds today, in place of the statement above."""
        text = SAID_BY.sub("", bare(TODAY.sub("", quote.items[0].lead)))
        spot = spot.at(quote.first, quote.last)
        self.said.append((spot.lines, text))
        self.shows = before
        if match := INSTEAD.match(text):
            self.keep(spot, text, "today.instead", subject=match[1], value=match[2])
        else:
            for sentence in re.split(r"(?<=[.;]) ", text):
                self.sentence(spot, sentence)
        self.shows = ""

    def sentences(self, spot: Spot, said: Sequence[str], text: str = "") -> None:
        """Each sentence by itself; "it" stands for the subject only while every sentence had that subject."""
        lines = text.split("\n")
        for sentence in said:
            places = (n for n, line in enumerate(lines) if len(lines) > 1 and sentence[:16] in bare(line))
            here = spot.at(spot.lines[0] + next(places, 0), spot.lines[1])
            self.said.append((here.lines, sentence))
            before = len(self.facts)
            if not self.sentence(here, sentence):
                spot = spot.of("")
            if len(self.facts) == before and "**" in spot.raw:
                self._bold(here, sentence)

    def sentence(self, spot: Spot, sentence: str) -> bool:
        """Read one sentence; does it keep to the subject?"""
        if is_talk(sentence) or len(sentence) > 400:
            return False
        if colon := re.match(r"(.{6,90}?:)\s+(.+)", sentence):
            items = inline_items(colon[2])
            if items and self.list_fact(spot.of(""), colon[1], items, spot.concept):
                return False
        parts = sentence_parts(sentence, self.index.with_article(spot.about) if spot.about else "")
        if not parts:
            return False
        if not self._is_named(spot, parts):
            return False
        if parts["kind"] != "copula" and not ABSTRACT.search(parts["subject"]) and parts["subject"] != "Data":
            parts["subject"] = self.index.with_article(parts["subject"])
        self.keep(spot.of(""), plain(sentence), **parts)
        return bool(spot.about) and spot.about.lower() in parts["subject"].lower()

    def _is_named(self, spot: Spot, parts: Parts) -> bool:
        """Does a subject say by itself what it is: a name, what the place is about, any or all of a kind?"""
        clause = re.match(r"(the|we) \w+", parts.get("clause", "a"))
        subject = clause[0] if clause else parts["subject"]
        if not subject:
            return True
        first = subject.split()[0].lower()
        low, bare_one = subject.lower().removeprefix("the ").removesuffix("s"), first not in STARTS
        name = bare_one and subject[0].isupper() and self.index.small[first] <= 0 and not is_plural(first)
        marked = re.search(r"(?<!\A)[A-Z0-9`]", subject) or f"**{low}" in spot.raw.lower()
        counted = first in ("a", "an", "all", "each", "every") or not NUMBERS.keys().isdisjoint(low.split())
        defined = bare_one and parts["kind"] == "copula" and parts["be"] in ("is", "are")
        places = (self.topic, spot.named, *spot.section.headings)
        return bool(name or marked or counted or defined or any(low in place.lower() for place in places))

    def _bold(self, spot: Spot, sentence: str) -> None:
        """A short bold name inside a sentence is a gap that the learner marked."""
        words = sentence.split()
        if not 8 <= len(words) <= 25 or sentence.endswith(":") or "$" in sentence or not is_clause(sentence):
            return
        if words[0].lower() in ACTION_FORMS | LISTS["leaders"] - LISTS["bold begins"]:
            return
        for name in re.findall(r"\*\*([^*\n]{2,50}[^*\n:?.])\*\*", spot.raw):
            called = re.search(rf"(?:called|known as|named) (?:an? |the )?{re.escape(name)}", sentence)
            telling = called or not name.islower() or (" " in name and name[0].isalpha())
            begins = re.match(re.escape(name) + r"(?! (?:are|can|must|[a-z]+s) )", sentence)
            if telling and not begins and sentence.count(name) == 1 and is_name(name):
                self.keep(spot, sentence, "bold", spot.concept, subject=name, value=name)
                return

    def definition(self, spot: Spot, name: str, sentence: str, kind: str) -> bool:
        """The first words under a heading, or behind a term, if they say what it is or what is done with it."""
        if full := self.completed(name, sentence):
            before = len(self.facts)
            self.sentence(spot, full)
            return len(self.facts) > before
        text = IS.sub("", sentence.rstrip(" .;"))
        rest = re.sub(r"\A(?:An?|The) ", "", text)
        named = NAMED.match(rest, len(name)) if rest.lower().startswith(name.lower()) else None
        if len(text.split()) > 32 or not (named or _says_what(text, name, kind)):
            return False
        subject, value = self.index.with_article(name), rest[named.end() :] if named else text
        self.keep(spot, plain(sentence), kind, name, subject=subject, value=value)
        return True

    def completed(self, name: str, text: str) -> str:
        """A text that begins with a verb, as "Used for …", with its subject and "is" in front; else nothing."""
        many, small = self.index.is_plural(name), text[:1].lower() + text[1:]
        first, second, *_ = [*small.replace(",", "").lower().split(), "", ""]
        base, _, do = VERBS.get(first, ("", "", ""))
        done = second if LY.search(first) else first
        passive = done != first or second in LISTS["prepositions"] - ({"of"} if first in ACTIONS else set())
        if (is_participle(done) and passive) or (first in LISTS["fit"] and second in LISTS["fit for"]):
            small = f"{'are' if many else 'is'} {small}"
        elif many and do == "does":
            small = base + small[len(first) :]
        elif do not in ("does", "did") and (do != "do" or not many) and first not in ("was", "were"):
            return ""
        return f"{self.index.with_article(name)} {small}"

    def term(self, spot: Spot, name: str, said: str, text: str) -> tuple[str, str] | None:
        """`Term: what it is`, `Purpose: …`, `Supports: …`; a term's name and meaning."""
        every = [each for part in sentences(said) for each in re.split(r";\s+", part) if each.strip()]
        low = name.lower().strip()
        self.said.append((spot.lines, text))
        self.labels[low] += 1
        if not every or not low:
            return None
        items, generic = inline_items(every[0]), low in LISTS["generic"]
        owner = self.index.with_article(spot.about) if spot.about and spot.about.lower() != low else ""
        if low in LISTS["properties"] and not generic:
            told = len(items) > 2 or low in LISTS["tells"] or low.startswith("default")
            if owner and told:
                parts = {"subject": owner, "value": every[0], "property": lower(name)}
                self.keep(spot, text, "property", items=unsaid(items), **parts)
        elif generic or not (is_name(name) or DATE.match(name)):
            self.sentences(spot.of(""), every)
        else:
            return self._named(spot, name, every, text)
        return None

    def _named(self, spot: Spot, name: str, every: Sequence[str], text: str) -> tuple[str, str] | None:
        """What is said of a term, sentence by sentence; the term and its meaning."""
        items, spot = inline_items(every[0]), spot.of(name)
        listed = is_plural(name) and len(items) >= 3
        quote = text[: text.find(every[0]) + len(every[0])] if every[0] in text else every[0]
        before = len(self.facts)
        if not is_talk(every[0]) and not (listed and self.list_fact(spot.of(""), f"{name}:", items, "")):
            self._told_of(spot, name, every, quote, text)
        whole = any(fact.kind == "riddle" for fact in self.facts[before:])
        for sentence in () if whole else every[1:]:
            # A label before a sentence with a subject of its own may limit it: "Prokaryotic: DNA is in …".
            if PRONOUN.match(sentence) or name.lower() in sentence.lower():
                self.sentence(spot, sentence)
        meant = 3 <= len(every[0].split()) <= 32 and not every[0].endswith(":")
        return (name, every[0].rstrip(" .;")) if meant else None

    def _told_of(self, spot: Spot, name: str, every: Sequence[str], quote: str, text: str) -> None:
        """What stands behind a term: what to do in it, what it is, or something that tells which term is meant."""
        said, first = every[0], every[0].split()[0].lower().strip(",.")
        if name.lower() in self.steps:
            for sentence in every:
                action, _, rest = sentence.partition(" ")
                if action.lower() in ACTIONS:
                    self.keep(spot, sentence, "step", subject=name, value=rest, action=action.lower())
            return
        full = self.completed(name, said)
        if said.endswith("?") or (not full and self.definition(spot, name, said, "term")):
            return
        led = first in LISTS["leaders"] and first not in ("one", "first", "second", "third")
        short = 3 <= len(said.split()) <= 25 and not led and not UNSAID.search(said.lower())
        clause = first in ACTIONS | THIRD.keys() or is_clause(said)
        named = (ARTICLE.match(said) or is_gerund(first)) and not clause
        phrase = READS_AS_NAME.search(said) and not clause and first not in name.lower().split()
        several = len(every) > 2 and any(self.completed(name, each) for each in every)
        if not named and self.riddle(spot, name, every, text, several):
            return
        if full and self.definition(spot, name, said, "term"):
            return
        if short and not full and (named or (phrase and spot.listed != "some") or DATE.match(name)):
            self.keep(spot, quote, "term", subject=self.index.with_article(name), value=said)
        elif short and spot.listed == "glossary" and len(inline_items(said)) < 3:
            advice = first in ACTIONS and not self.index.is_plural(name)
            self.riddle(spot, name, every[: not advice], text, True)

    def riddle(self, spot: Spot, name: str, said: Sequence[str], quote: str, whole: bool = False) -> bool:
        """What is said of a thing that leaves its name out, as "Used for …", or, if `whole`, in any other form."""
        known = _beginnings(f"{name} {''.join(word[0] for word in name.split())}")
        told = [each for each in said if known.isdisjoint(_beginnings(each))]
        told = [each for each in told if not (is_talk(each) or POINTING.search(each))]
        short = len(name.split()) <= 3 or sum(word[0].isupper() for word in name.split()) >= 3
        leads = told and not told[0].lower().startswith("use ") and self.completed(name, told[0])
        whole = whole and len(told) >= min(2, len(said))
        fits = told and short and (whole or (leads and len(" ".join(told).split()) >= LEAST_TOLD))
        if fits:
            self.keep(spot, quote, "riddle", name, subject=name, value=" ".join(told))
        return bool(fits)

    def remarks(self, spot: Spot, said: Sequence[str], of_item: bool) -> None:
        """The items of a list under a heading, or under an item that is a name; none of them is a term."""
        said = [each[0].upper() + each[1:] + "." for each in said if len(each) > 1 and each[-1] not in ":?"]
        quote = " ".join([spot.about if of_item else plain(spot.section.title), *said])
        if said and of_item and not self.riddle(spot, spot.about, said, quote):
            self.definition(spot, spot.about, said[0], "term")
        elif len(said) > 1 and not of_item and " for " not in spot.about:
            self.riddle(spot, spot.about, said, quote)


def _beginnings(text: str) -> set[str]:
    """The beginnings of the words of a text: two texts that share one give each other away."""
    return {word[:4].removesuffix("s") for word in WORDS.findall(text.lower())}


def _says_what(text: str, name: str, kind: str) -> bool:
    """Do these words say what something is: "a kind of …", or under a heading also "Azure based notebooks"?"""
    words = text.split()
    first = words[0].lower().strip(",") if words else ""
    if (
        len(words) < 3
        or text.endswith(":")
        or is_clause(text)
        or REMARK.match(text.lower())
        or LY.search(first)
    ):
        return False
    if first in ("a", "an", "the", "one", "any"):
        bare_the = kind == "definition" and first == "the" and not READS_ON.search(text)
        return not words[-1].endswith("ed") and not bare_the
    led = first in LISTS["leaders"] or first in ACTION_FORMS
    if kind == "term" or led or len(words) > 14 or "," in text:
        return False
    phrase = OF.match(text) or not set(words).isdisjoint(name.split())
    return bool(phrase) and not DONE.search(" ".join(words[2:])) and not sentence_parts(text, "")
