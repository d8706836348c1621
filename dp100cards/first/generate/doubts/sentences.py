"""Doubts about cards that were made of a whole sentence: a statement, a condition, a cause, a use, an advice.

A sentence is taken out of its paragraph. What it leaned on is gone then, and what it told of the text is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Cloze, filled
from dp100cards.first.generate.doubts.alone import GENERAL, LEAD, QUIZ, is_title, letters_of
from dp100cards.first.generate.doubts.conditions import of_a_condition, of_a_reason, of_a_use
from dp100cards.first.generate.doubts.gapped import of_a_gap
from dp100cards.first.generate.doubts.statements import WHOLE, of_a_subject, of_what_is_asked, told_often
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import plural, singular
from dp100cards.first.generate.flaws.wording import answer_text
from dp100cards.first.generate.same_name import VENDORS
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Cause, Consequence, Statement, Use
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.verb import NOUN_TOO
from dp100cards.first.notes.vocabulary import CLASSES

FAMILY = ("statement.", "consequence.", "cause.", "use.", "advice.")
"""How the rules are called that take a sentence apart."""

_OF_THE_TEXT = AnyCase(
    r"\b(?:table|figure|diagram|image|picture|chart|list|example|code|snippet|command|steps?) (?:below|above)\b"
    r"|\b(?:the|this) (?:diagram|figure|screenshot|picture|image|drawing) (?:shows?|illustrates?|depicts?|describes?)\b"
    r"|\b(?:further|future|next|previous|following|dedicated|upcoming|later|another|separate|this) "
    r"(?:videos?|lessons?|lectures?|courses?|chapters?|articles?|tutorials?|posts?|demos?|labs?)\b"
    r"|\b(?:described|mentioned|shown|listed|discussed|explained|given) (?:above|below|earlier|before|previously)\b"
    r"|\b(?:displayed|printed|shown|echoed)\?|[:;]-?\)(?: |$)"
)
"""The text speaks of itself, or to its reader."""
_OF_A_CASE = AnyCase(
    r"^(?:[^:]+: )?(?:scenario|example|question|answer|explanation|solution)\b[:.]"
    r"|\be\.?g\.? [^{]*\{\{\d|\byour company (?:has|needs|requires|is|plans|wants|uses)\b"
)
_MADE_NAME = re.compile(r"\b[A-Z][A-Za-z]+-[A-D]\b")
"""A name that stands in examples only: VNet-A."""
_FIGURED = AnyCase(r"\d|\b(?:needs? to|requires?|you have|you want|you are)\b")
_SPECIFIED = AnyCase(
    r"\bthe user (?:clicks?|uploads?|enters?|selects?|types?|taps?|sees)\b|\(`/[\w/-]*`\)"
    r"|\b(?:tab|page|screen|button|section|panel|sidebar|dashboard|form) (?:where|for|that|with|should|must)\b"
    r"|\b(?:frontend|front-end|app|ui|site|website) (?:should|must|shall)\b"
)
"""What a program to be built shall look like, and no subject to be learnt."""
_PRAISE = AnyCase(
    r"\b(?:excellent|powerful|seamless(?:ly)?|robust|world-class|cutting-edge|state-of-the-art|effortless(?:ly)?|game-chang\w+"
    r"|rich|revolutioni[sz]\w+|unparalleled|delightful|amazing|awesome|fantastic|enjoy)\b"
)
_EXAMPLE = AnyCase(r"^(?:an? )?(?:worked |real[- ]world |sample )?(?:examples?|scenarios?|analogy|story)\b")
_A_PATH = re.compile(r"\(`?/|://")
_ADVERB = re.compile(r"[A-Z]\w+ly")
_COUNTS = AnyCase(r"^(?:the )?(?:two|three|four|five|six|seven|\d+) (?!factor|way|step)")
_TASK = re.compile(
    r"[A-Z][a-z]+ (?:an?|the|your) |[A-Z]{3,} [A-Z]{5,}$|(?:Capabilities|Features|Benefits|Notes) (?:of|on) "
)
"""Headings over something to do, or over a whole part: "Resample a dataset", "SECURITY IMPLICATIONS"."""
_COMPARES = AnyCase(r"\b(?:much|more|most|greater|best|better|highest|lowest|easier|faster)\b")
_FIGURE = re.compile(r"\d|[A-Z]{2,}")


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why a card made of a sentence may be unclear without the sentences around it."""
    if not draft.rule.startswith(FAMILY):
        return
    card, fact = draft.card, draft.fact
    said = f"{card.ask} {card.answer}" if isinstance(card, Basic) else card.ask
    if _OF_THE_TEXT.search(said):
        yield "speaks of the text"
    if _SPECIFIED.search(said) or _SPECIFIED.search(" ".join(fact.heading[-1:])):
        yield "specifies a product"
    figured = any(map(QUIZ.search, fact.heading)) and _FIGURED.search(filled(card.ask))
    if figured or _OF_A_CASE.search(said) or _MADE_NAME.search(said):
        yield "an example is no fact"
    if _PRAISE.search(said):
        yield "praise is no fact"
    if any(map(_EXAMPLE.search, fact.heading[-2:])):
        yield "an example is no fact"
    if isinstance(fact, Statement) and _is_a_noun(fact):
        yield "clumsy question"
    of_it = _OF_IT.search(fact.source.quote) if draft.rule.startswith("statement.") else None
    if of_it and f" {of_it[1]} " in f" {LEAD.sub('', card.ask)} ":
        yield "clumsy question"
    if _COUNTED.match(fact.concept) or _is_a_sort(card.ask.partition(": ")[0]):
        yield "stands under no name of a thing"
    match card:
        case Cloze():
            lead = LEAD.match(card.ask)
            if lead and has_verb(lead[0].rstrip(": ")) and lead[0][:1].isupper():
                yield "stands under no name of a thing"
            yield from of_a_gap(draft, card, world)
        case Choice():
            yield from _of_options(draft, card, world)
        case Basic():
            yield from _of_a_question(draft, card, world)


_OF_IT = re.compile(
    r"\bit(?:['’]s| is| was) (?:\w+ )?(possible|impossible|important|necessary|simple|easy|hard|difficult|recommended"
    r"|advisable|best|better|common|worth|useful|good|essential|crucial|vital|required|likely|helpful"
    r"|safe) (?:to|for|that) \w+ \w",
    re.IGNORECASE,
)
"""An "it" that stands for nothing named: "it is simple to walk a list backwards"."""
_COUNTED = re.compile(r"(?:two|three|four|five|six|seven|\d+) [a-z]", re.IGNORECASE)
"""A heading that counts, "Two types of encryption", names neither of them."""


def _is_a_sort(name: str) -> bool:
    """Is it a word for many things alike, "Techniques", and not the name of one?"""
    return " " not in name and plural(name) and singular(name).lower() in CLASSES


def _is_a_noun(fact: Statement) -> bool:
    """ "The build triggers for CI": a verb that is a noun as well, and no object behind it but a purpose."""
    verb = fact.verb.lower().split()
    return (
        verb[:1] != []
        and verb[0] in NOUN_TOO - _RUNS_FOR
        and (verb[1:2] or fact.object.split()[:1]) == ["for"]
    )


_RUNS_FOR = frozenset("calls works runs searches tests stands waits".split())
_WHEN_A_THING = AnyCase(r"^(?:when|where|how) (?:is|are) (?:\w+ ){1,3}?(?:an?|the) [^?]*\?$")
_LEFT_OVER = re.compile(r"[:;]\s*$|\S\.\s*\.$|\w=\w|\b(?:Syntax|Example|Note)\.?$")
"""What a line ends with that went on in the next one."""
_CODE_LEAD = re.compile(r"[a-z]+_[\w.-]+:? ?: ")
"""A comment out of code that stands as a heading."""
_NOT_SO = re.compile(r"(?:what|how|where|when) would you\b|what can [^?]+ have\?", re.IGNORECASE)
"""One deed of many, and a verb that says nothing."""
_THAN = re.compile(r"(?:faster|slower|better|worse|more|less|longer|shorter|higher|lower)\b", re.IGNORECASE)
_NO_ANSWER = re.compile(r"--|\(?e\.g\.")


def _of_a_question(draft: Draft, card: Basic, world: World) -> Iterator[str]:
    fact, ask, answer = draft.fact, card.ask, card.answer.rstrip(". ")
    plain = LEAD.sub("", ask)
    if _LEFT_OVER.search(card.answer.rstrip()) and not card.answer.rstrip().endswith("…"):
        yield "the answer breaks off"
    if _NO_ANSWER.match(answer):
        yield "the answer is a fragment"
    if "why is it that" in ask.lower():
        yield "clumsy question"
    if _NOT_SO.match(ask) or (draft.rule.startswith("statement.") and _THAN.match(answer)):
        yield "the question could mean anything"
    if _WHEN_A_THING.match(plain):
        yield "clumsy question"
    if _CODE_LEAD.match(ask):
        yield "stands under no name of a thing"
    match fact:
        case Statement():
            yield from of_a_subject(fact, ask, world)
            yield from of_what_is_asked(fact, draft.rule, ask, answer, world)
        case Consequence():
            yield from of_a_condition(fact, ask, plain, answer, world)
        case Cause():
            yield from of_a_reason(plain, answer)
        case Use():
            yield from of_a_use(fact, ask, answer, world)


def _of_options(draft: Draft, card: Choice, world: World) -> Iterator[str]:
    """Which one does this? The one that the whole note is about; or an option that is no thing."""
    texts = [option.text for option in card.options]
    if any(
        _A_PATH.search(text) or _ADVERB.fullmatch(text) or _TASK.match(text) or _COUNTS.match(text)
        for text in texts
    ):
        yield "an option is no name of a thing"
    if draft.rule != "statement.subject":
        return
    rivals = sum(any(world.same_thing(text, title) for title in world.titles) for text in texts)
    if (is_title(draft.fact, world) and rivals < 3) or told_often(draft.fact, world, WHOLE):
        yield "said of the whole note"
    key = answer_text(card)
    if stems(key) <= VENDORS or (len(key) > 3 and letters_of(key) in letters_of(card.ask)):
        yield "the question names its answer"
    few = len(stems(card.ask) - GENERIC_STEMS - GENERAL) < 3
    if _COMPARES.search(card.ask) or (few and not _FIGURE.search(card.ask[6:])):
        yield "may hold of others"
