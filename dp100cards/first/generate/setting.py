"""The setting of a question: the product or subject that its section is about, named before it.

"What is a workflow?" is asked of anything; below "Building blocks of GitHub Actions" it is asked of GitHub Actions, and
a learner who meets the card among many others must be told so. Only a name will do, one that a heading above the
fact holds and that the notes themselves use as a name; what names itself needs no setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dp100cards.first.generate.aspects import is_aspect
from dp100cards.first.generate.concept_key import initials
from dp100cards.first.generate.doubts.alone import LEAD, looks_named
from dp100cards.first.generate.english import lower_first, upper_first
from dp100cards.first.generate.naming import is_name
from dp100cards.first.generate.same_name import VENDORS
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Abbreviation, Definition, Fact, Statement
from dp100cards.first.notes.names import from_heading, object_of_heading, without_number
from dp100cards.first.notes.ordinary import is_ordinary
from dp100cards.first.notes.vocabulary import ADJECTIVES, BASE, NAMES, SMALL_WORDS

LONGEST = 4
"""Words of a setting's name."""
WIDEST = 18
"""A question of more words says enough itself."""
WIDEST_TITLE = 9
"""Words of a heading that names something."""

_APART = re.compile(r"\s+[-–—|]\s+|[:(),/]\s*")
_SPELT = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z]*\d?|[A-Z][a-z]+[A-Z]\w*|[A-Z][A-Za-z]*\d+")
"""Written as no common word is: EC2, RDS, DynamoDB, GitHub."""
_AN_EXAM = re.compile(
    r"^[A-Z]{2,4}-?[A-Z]?\d{2,3}$|^(?:exam|certifi\w+|associate|professional|fundamentals|notes?|syllabus|breakdown|study"
    r"|guide|course|questions?|answers?|quiz|practice|module|lesson|chapter|section|summary|cheat|sheet|cheatsheet"
    r"|checklist|roadmap|curriculum|lecture|week|day|lab|labs|review|recap|faqs?)$",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)*")
_AGAINST = re.compile(r"\b(?:vs\.?|versus|compared)\s", re.IGNORECASE)
"""A heading that sets things against each other names none of them as the one that its section is about."""
_ORDINARY = re.compile(r"-|(?:ity|ness|tion|ment|ance|ence|ship|ing)$")
"""Written as words of the language are, and hardly ever names of products."""
_SUBJECTS = frozenset(
    "AI ML DS IT DL OS CI CD IP API APIs SDK SDKs CLI VM VMs AZ AZs UI FAQ FAQs QA IDE IDEs".split()
)
_SHORT = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_CODE = re.compile(r"`[A-Za-z][\w-]*`")
_BEHIND = re.compile(r"\s*\([^)]*\)$")
_SORTS = frozenset(
    """databases services types options details components features basics concepts terms terminology terminologies
    resources tools models methods steps roles uses cases definitions topics settings parameters commands examples
    notes points overview benefits tasks strategies patterns modes levels tiers classes requirements limits operations
    solution solutions scripts processes areas storage architecture""".split()
)
"""Last words of headings over things of a sort, which set no question: "AWS Databases", "Workflow Types"."""
_DOING = frozenset(
    """adding building choosing configuring connecting creating defining deploying designing enabling exploring getting
    implementing installing introducing making managing preparing running setting starting understanding updating
    using working writing""".split()
)
"""First words of headings over an act: what they name beside it sets no question."""
_OF_A_TEXT = frozenset(
    "fundamentals basics overview concepts architecture introduction essentials notes summary".split()
)
_NO_END = _OF_A_TEXT | ADJECTIVES
"""Words that stand behind a name and are none of it: "Docker Best" practices."""


def in_setting(ask: str, answer: str, fact: Fact, world: World) -> str:
    """The question with its setting before it, where it names nothing and a heading does: "GitHub Actions: what is a
    workflow?", and "Drone (Hive terms): what is it?"."""
    if ask.startswith("“") or (ask.endswith(" stand for?") and not isinstance(fact, Abbreviation)):
        return ask
    lead = LEAD.match(ask)
    if _names_itself(ask, fact, world) or len(ask.split()) > WIDEST:
        return ask
    if lead and not (_says_too_little(fact.concept, world) and lead[0][:-2] == fact.concept):
        return ask
    asked, told = stems(ask), stems(answer)
    for name in _settings(fact, world, gap="{{" in ask):
        telling = stems(name) - GENERIC_STEMS or stems(name)
        if telling & asked or telling <= told or name == initials(fact.concept):
            continue
        if lead:
            return f"{lead[0][:-2]} ({name}): {ask[lead.end() :]}"
        return f"{name}: {lower_first(ask) if ask.endswith('?') else ask}"
    return ask


def _names_itself(ask: str, fact: Fact, world: World) -> bool:
    """Does anything behind its first word look like a name? A common word is none for its capital: "On-Demand"."""
    if isinstance(fact, Abbreviation):
        return len(fact.short) != 2 or not fact.short.isupper() or not fact.short.isalpha()
    return looks_named(ask.replace(fact.concept, "") if _says_too_little(fact.concept, world) else ask)


def _says_too_little(name: str, world: World) -> bool:
    """Is the name one that is met anywhere: a common word, two or three letters ("PK"), a word of code (`scratch`)?"""
    if _SHORT.fullmatch(name) or _CODE.fullmatch(name) or _is_common(name, world):
        return True
    parts = name.split()
    plain = 1 < len(parts) < 4 and all(
        part.isalpha() and is_ordinary(part) and part not in NAMES for part in parts
    )
    return plain and not world.naming.always_capital(
        parts[0]
    )  # "Execution History", in the capitals of a heading


def _is_common(word: str, world: World) -> bool:
    """Is this one word of the language, and no name such as "Kinesis"?"""
    if not _ONE_WORD.fullmatch(word) or word in NAMES:
        return False
    if not world.naming.always_capital(word) and is_ordinary(word):
        return True
    return bool(_ORDINARY.search(word)) or word.lower() in ADJECTIVES | BASE or world.naming.seen_small(word)


def _settings(fact: Fact, world: World, *, gap: bool) -> Iterator[str]:
    """What the fact is about, where its sentence may speak of something else; then the names that the headings hold.

    The nearest comes first. Behind them, where the question is about one common word, a "node" or an "alias", or is a
    sentence with a `gap`, comes what its section is about.
    """
    if isinstance(fact, Statement) and is_name(fact.concept) and not is_aspect(fact.concept):
        yield world.naming.title(fact.concept)
    known = world.settings.get(fact.heading)
    if known is None:
        known = world.settings[fact.heading] = tuple(_names(fact.heading, world))
    beside = " ".join(title for title in fact.heading if _is_in(fact.concept, title))
    yield from (
        name
        for name in known
        if not _is_in(name, beside)
        and (not world.same_thing(name, fact.concept) or isinstance(fact, Statement))
    )
    bare = " " not in fact.concept or (fact.concept.istitle() and _says_too_little(fact.concept, world))
    wants = gap or (bare and not _SHORT.fullmatch(fact.concept))
    for title in reversed(fact.heading):
        name = _product(title, fact) or (_subject(title, fact) if wants else "")
        if name:
            yield name


def _is_in(name: str, title: str) -> bool:
    """Does the title name it in so many words: one of two things that it sets beside each other?"""
    low, part = title.lower(), name.lower().strip("`")
    at = low.find(part) if part else -1
    while at >= 0:
        if not (low[at - 1 : at].isalnum() or low[at + len(part) : at + len(part) + 1].isalnum()):
            return True
        at = low.find(part, at + 1)
    return False


def _product(title: str, fact: Fact) -> str:
    """The one name that a heading is, spelt as no common word: "S3", "EFS (Elastic File System)", "DynamoDB"."""
    name = _BEHIND.sub("", without_number(title)).strip()
    first = isinstance(fact, Definition) and title == fact.heading[0]
    coined = first and _ONE_WORD.fullmatch(name) and not is_ordinary(name)  # "Beekeeping: what is a hive?"
    if not (coined or _SPELT.fullmatch(name)) or name in _SUBJECTS or _AN_EXAM.match(name):
        return ""
    shouted = len(name) > 4 and name.isupper() and is_ordinary(name)
    return (
        "" if shouted or stems(name) & stems(fact.concept) or name.lower() == fact.concept.lower() else name
    )


def _subject(title: str, fact: Fact) -> str:
    """What a heading is about, if it is a thing of two to four words, and not what the fact is about itself."""
    name = from_heading(title) or object_of_heading(title)
    parts = name.split()
    whole = title == fact.heading[0] and all(part.isalpha() and part.istitle() for part in parts)
    if not 2 <= len(parts) <= LONGEST or not (is_name(name) or whole) or is_aspect(name):
        return ""
    if any(map(_AN_EXAM.match, parts)) or any(
        part.lower() in SMALL_WORDS or part.isdigit() for part in parts
    ):
        return ""
    if parts[-1].lower() in _SORTS or not parts[0][:1].isupper() or "&" in parts or _AGAINST.search(title):
        return ""
    if parts[0].lower() in _DOING:
        return ""  # "Creating images"
    return "" if re.search(r"\W", parts[-1]) or stems(name) & stems(fact.concept) else upper_first(name)


def _names(headings: tuple[str, ...], world: World) -> Iterator[str]:
    for title in reversed(headings):
        plain = without_number(title)
        if "," in plain or len(plain.split()) > WIDEST_TITLE or _AGAINST.search(plain):
            continue  # a title over several things, or a sentence, names not the one
        for piece in _APART.split(plain):
            for capital, run in groupby(piece.split(), key=_is_capital):
                if capital and (
                    name := _name_of(
                        [part.strip('*_`“”"').removesuffix("’s").removesuffix("'s") for part in run], world
                    )
                ):
                    yield name


def _name_of(run: list[str], world: World) -> str:
    """The name that words with capitals are to the notes, perhaps without its vendor: "Microsoft Power BI"."""
    while len(run) > 1 and run[-1].lower() in _NO_END:
        run = run[:-1]
    if _is_name(run, world):
        return " ".join(run)
    vendor = len(run) > 2 and stems(run[0]) <= VENDORS
    return " ".join(run[1:]) if vendor and _is_name(run[1:], world) else ""


def _is_capital(part: str) -> bool:
    return part[:1].isupper() and part.lower() not in SMALL_WORDS


def _is_name(run: list[str], world: World) -> bool:
    """Is this run of words, all with capitals, a name that the notes use as one?"""
    name = " ".join(run)
    if len(run) > LONGEST or any(map(_AN_EXAM.match, run)) or name in _SUBJECTS:
        return False
    if stems(name) <= VENDORS | GENERIC_STEMS:
        return False
    if len(run) == 1:
        if len(name) > 4 and name.isupper() and is_ordinary(name):
            return False  # "QUESTION"
        spelt = name in NAMES or (bool(_SPELT.fullmatch(name)) and world.often(name) > 1)
        return spelt or (world.of(name) is not None and world.naming.always_capital(name))
    proper = [
        part in NAMES or bool(_SPELT.fullmatch(part)) or world.naming.always_capital(part) for part in run
    ]
    known = all(proper) and world.of(name) is not None
    spelt = bool(_SPELT.fullmatch(run[-1])) and run[-1] not in _SUBJECTS and run[0].lower() not in BASE
    return (known or ((proper[0] or spelt) and world.often(name) > 1)) and is_name(name)
