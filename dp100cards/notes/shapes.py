"""Shapes that a line may have: terms, lists and their leads, arrows, contrasts, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dp100cards.notes.inline import bare, masked
from dp100cards.notes.sentences import Parts
from dp100cards.notes.words import ACTION_FORMS, LISTS, NUMBERS, VERBS, any_of, is_name, is_plural

BOLD_TERM = re.compile(
    r"(?:\*\*|__)(.{1,80}?)(?:\*\*|__)\s*(\([^)]{1,60}\))?\s*(:|–|—|->|→|=>|-|=)?\s*(.*)\Z", re.DOTALL
)
PLAIN_TERM = re.compile(
    r"(.{2,80}?)(?:\s?:\s{1,3}|\s{1,3}[–—-]\s{1,3}|\s{0,3}(?:->|=>|→)\s{0,3}|\s=\s)(.+)\Z", re.DOTALL
)
MARKS = re.compile(r"\A[^\w`(\"$.<~/-]+|[\s(:–-]+\d[\d–-]*\s?%\)?\Z")
"""Emoji and the like in front of a name, and its share of the exam behind it."""
PROCESS = re.compile(
    rf"(?i)(?!.*\b(?:next|ways|types|kinds|options|rules|principles|exercise|lab)\b).*\b(?:{any_of('procedure')})\b"
)
"""A text that speaks of steps or an order."""
ARROW = re.compile(r"\s*(?:-+>|=+>|→|➜|⇒)\s*")
SHORT = re.compile(r"\(([A-Z][A-Za-z0-9]{1,7}?)s?\)|\b([A-Z][A-Z0-9]{1,6})s? \(([A-Za-z][^()]{4,70})\)")
LEAD = re.compile(rf"(.{{2,70}}?) ({any_of('list verbs')})((?: [\w-]+){{0,6}}):\Z")
ARE = re.compile(r"(.{3,80}?) (?:are|include|includes)(?: the following| as follows)?:\Z", re.IGNORECASE)
VERSUS = re.compile(r"(?is)(\w[\w .+#-]{1,40}?) (?:vs\.?|versus) (\w[\w .+#-]{1,40}?)\s*:\s+(.+)")
OPEN = re.compile(rf"\b(?:{any_of('open list')})\b|\.\.\.|…", re.IGNORECASE)
NO_ITEM = re.compile(r"\b(?:is|are|was|were|can|you|we|it|they|which|that|has|have)\b|[.:;]")
ONE = re.compile(r"\A(?:an?|the|each|every)\s+", re.IGNORECASE)
OWNED = re.compile(r"\A(?:the|these|its|their|there (?:are|exist)(?: \w+ly)?)\s+", re.IGNORECASE)
NUMBER = re.compile(rf"\A(?:{'|'.join(NUMBERS)})\s+", re.IGNORECASE)
HEAD_END = re.compile(r"\s*(?:, which|, who|\bthat\b|\bwhich\b|: | [–—-] | -> | → |\.\s)")


def split_term(raw: str) -> tuple[str, str] | None:
    """`**Term**: meaning`, `Term - meaning`, `Term -> meaning`: the term and the meaning."""
    if match := BOLD_TERM.match(raw):
        name = MARKS.sub("", bare(match[1])).strip()
        ended = match[3] or re.search(r":\Z|\s[–—-]\Z", name) or (match[2] and not match[4])
        return (name.rstrip(" :.–—-"), bare(match[4])) if ended else None
    raw = raw.replace(" $-$ ", " - ")
    hidden = masked(raw)
    match = PLAIN_TERM.match(hidden)
    if not match or "://" in hidden[: match.end(1) + 3]:
        return None
    name, said = bare(raw[: match.end(1)]), bare(raw[match.start(2) :])
    simple = re.sub(r"\s*\([^)]*\)\Z", "", name)
    begins = name[:1].isupper() or name[:1].isdigit() or raw.startswith("`") or len(name.split()) <= 3
    if not begins or "," in simple or len(simple.split()) > 6 or simple.endswith((".", "?")):
        return None
    return simple, said


def arrows(text: str) -> tuple[str, list[str]]:
    """`Label: A -> B -> C` as its label and its steps; no steps if it is something else."""
    parts = [part.strip(" .") for part in ARROW.split(text)]
    label, _, parts[0] = parts[0].rpartition(": ")
    fits = 3 <= len(parts) <= 8 and all(parts) and all(len(step.split()) <= 8 for step in parts)
    alike = len({step.lower() for step in parts}) < len(parts)
    return (label.strip(), parts) if fits and not alike else ("", [])


def contrasts(text: str) -> Iterator[tuple[str, str, str, str]]:
    """`A vs B: A …`: the one, the other, what is true of the one only, and the words."""
    if match := VERSUS.match(text):
        for clause in re.split(r"[;.]\s+", match[3]):
            for one, other in ((match[1], match[2]), (match[2], match[1])):
                said = re.match(rf"{re.escape(one)}\S*,? (it's |it is |is |are )?", clause, re.IGNORECASE)
                if said and other.lower() not in clause.lower():
                    yield one, other, ("is " if said[1] else "") + clause[said.end() :].strip(" ."), clause
                    break


def inline_items(text: str) -> list[str]:
    """`A, B and C` as its items; none if it is no closed list of short names."""
    text = text.strip().rstrip(".;")
    if OPEN.search(text) or len(text) > 240 or not re.search(r",| and | or ", text):
        return []
    flat = re.sub(r"\([^)]*\)", lambda match: match[0].replace(",", "\0").replace(" and ", "\1"), text)
    parts = re.split(r",\s*(?:and |or |& )?|\s+(?:and|or|&)\s+(?=[^,]*\Z)", flat)
    items = [part.replace("\0", ",").replace("\1", " and ").strip() for part in parts if part.strip()]
    return items if len(items) > 1 and all(map(_is_item, items)) else []


def _is_item(item: str) -> bool:
    first, *more = item.split()
    names = first.lower() in ("one", "on") or first.lower() not in LISTS["leaders"]
    return len(more) < 6 and names and not NO_ITEM.search(re.sub(r"\(.*?\)", "", item))


def item_head(text: str) -> str:
    """What a list item names, without what it says of it."""
    return HEAD_END.split(text, maxsplit=1)[0].strip(" .;,:*")


def _is_closed(lead: str, items: Sequence[str]) -> bool:
    """Does a lead introduce a list that is whole: names throughout, and as many as it says?"""
    told = (lead[-80:], *items)
    if not 2 <= len(items) <= 8 or any(OPEN.search(each) or len(each.split()) > 14 for each in told):
        return False
    names = (re.sub(r"\s*\(.*", "", item) for item in items)
    if not all(is_name(name) or re.match(r"\d|(?:an?|the) ", name, re.IGNORECASE) for name in names):
        return False
    words = re.findall(r"[a-z]+|\b\d\b", lead.lower())
    numbers = [NUMBERS.get(word) or int(word) for word in words if word in NUMBERS or word.isdigit()]
    return not numbers or numbers[0] == len(items)


def lead_parts(lead: str, items: Sequence[str], about: str) -> Parts | None:
    """What the lead of a list asks for. A lead that names a number must have as many items."""
    lead = lead.strip()
    if not _is_closed(lead, items):
        return None
    if (match := LEAD.match(lead)) and is_name(ONE.sub("", match[1])):
        verb, _, more = match[2].partition(" ")
        base, _, do = VERBS.get(verb, (verb, "", "do"))
        what = re.sub(r"\b(?:the |these )?following\b|\bthe\b", "", match[3]).strip()
        verb = f"{base} {more}".strip()
        return {"kind": "list.verb", "subject": match[1], "do": do, "verb": verb, "what": what}
    match = ARE.match(lead)
    what = OWNED.sub("", match[1] if match else lead.rstrip(": "))
    named = NUMBER.sub("", what)
    first, second = [*what.lower().split(), ""][:2]
    verb_first = second != "of" and first in ACTION_FORMS - {"use", "uses", "access", "process"}
    if verb_first or " " not in what or not is_plural(what) or not is_name(named):
        return None  # of what is one word, as "Colors", there are too many
    owned = re.search(r" (?:of|for|in) ", what) or about.lower() in what.lower()
    return {"kind": "list.are", "subject": "" if owned else about, "what": what}


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """`Azure Kubernetes Service (AKS)` and `AKS (Azure Kubernetes Service)`: short and full name."""
    for match in SHORT.finditer(text):
        if match[1]:
            words = text[max(0, match.start() - 90) : match.start()].replace("(", " ").split()
            if full := _initials(match[1], words):
                yield match[1], full
        elif match[2] and _initials(match[2], match[3].split()) == match[3].strip():
            yield match[2], match[3].strip()


def _initials(short: str, words: Sequence[str]) -> str:
    """The last words that a short name is made of, if they are."""
    for count in range(2, min(len(words), len(short) + 3) + 1):
        name = words[-count:]
        if any(word[-1] in ".,;:" for word in name[:-1]):
            return ""
        pieces = (part for word in name for part in re.split(r"[-/]", word.strip("*_`\"'")))
        letters = "".join(part[:1] for part in pieces).lower()
        big = "".join(word[0] for word in name if word[0].isupper() or len(word) > 3).lower()
        caps = "".join(word if word.isupper() else word[0] for word in name).lower()
        if short.lower() in (letters, big, caps) and name[0].lower() not in ("the", "a", "an", "of", "and"):
            return " ".join(name)
    return ""
