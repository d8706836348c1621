"""What stands in notes and states nothing worth a card: study hints, course metadata, lab steps, cross-references."""

from __future__ import annotations

import re

from dp100cards.first.notes import grammar
from dp100cards.first.notes.any_case import AnyCase

_HINT = AnyCase(
    r"\b(?:for the exam|in the exam|on the exam|exam (?:tip|question|topic|alert|objective|weight)|will be (?:asked|tested)|understand for|learn (?:this|these|it|by heart)"
    r"|know (?:this|these|the difference)|must know|need to know|core of the course|memori[sz]e|todo\b|to-do\b|revise|read (?:more|up|this)|come back to|look (?:up|into)|ask (?:the )?trainer|homework|good luck|practice (?:exams?|tests?|quiz\w*)|\d+\s*[-–]\s*\d+ questions|passing (?:score )?(?:is )?\d+"
    r"|heaviest weight|exam (?:emphasi[sz]es|covers|focus))\b"
)
_METADATA = AnyCase(
    r"\b(?:last updated|updated on|duration|estimated time|\d+\s*(?:min|mins|minutes|hours?)\s*(?:read|video|lab)?$|table of contents|all rights reserved|copyright"
    r"|author|course (?:link|url|material)|instructor|udemy|coursera|pluralsight|version history|changelog|slides?|in this (?:lab|module|lesson|section|chapter|video|course|article|tutorial|unit|exercise)"
    r"|by the end of this|learning objectives?|you will learn|we will (?:learn|cover|see|look)|let['’]?s (?:see|look|start|get)|click here|reference documentation|this (?:guide|document|page|repo|repository|readme)"
    r"|(?:my|personal(?:i[sz]ed)?|study|these) notes|notes (?:for|on|from|about) the|study sections?|recommended study|(?:things|topics|what) (?:(?:we |we['’]ll |you )?(?:will )?|to |are )?cover(?:ed)?\b|agenda\b|see (?:also|below|above|here|the (?:next|following|docs|link|figure|table|section|chapter|diagram|image))|source:|reference[sd]?:|https?://|www\.|^links?:)"
)
_WAY = AnyCase(
    r"^\W*(?:(?:return|back|go back|jump|skip|continue) to\b.{0,80}$|(?:next|previous|prev|home|top|up next)\W*$"
    r"|(?:next|previous|prev|up next)\s*[:→»>←«]|(?:next|previous) (?:page|chapter|section|module|topic|unit|up)\b)"
)
"""The way to another page: "⬅️ Return to the overview"."""
_RECAP = AnyCase(
    r"^(?:in this \w+,? )?(?:you|we)(?:['’]ve| have|['’]ll| will)? (?:(?:now|also|just|then) )?"
    r"(?:learn(?:ed|t)?|covered|cover|explored|explore|discovered|discover|completed|looked at|look at|walked through"
    r"|reviewed|finished|got to know)\b"
)
"""What a course says of itself: "You learned about …"."""
_OPINION = re.compile(
    r"^(?:i (?:think|believe|feel|guess|like|prefer|personally|find|found)\b|personally,|in my opinion|imho\b"
    r"|this (?:can|may|might|could|was|is) (?:be )?(?:a (?:bit|little) )?(?:confusing|tricky|weird|odd|strange|funny|boring))",
    re.IGNORECASE,
)
"""What a learner feels about the text, which is no fact of it."""
_EXERCISE = re.compile(
    r"(?:\d+\.\s*)?(?:suppose|assume that|imagine that|consider the following|consider an? \w+|choose (?:an alternative|the (?:correct|right)))\b",
    re.IGNORECASE,
)
"""How the text of an exercise begins."""
_LAB = AnyCase(
    r"^(?:now\s+|then\s+|next,?\s+|first,?\s+|finally,?\s+|after that,?\s+)?(?:click|select|open|go to|navigate|browse to|type|enter|press|paste|copy|choose|sign in|log ?in|wait|scroll|drag|right-click"
    r"|expand|run the (?:following|cell|code|command)|in the (?:left|right|top|portal|menu|search|pop)|on the (?:left|right|top|menu)|leave the|fill in|hit|check the box|download the|clone the|switch to|launch (?:from|the))\b"
)


_EMBED = re.compile(
    r"!?\[\[[^\]]*(?:\]\])?$|^!\[\[[^\]]*\]\]\W*$|^.*\.(?:png|jpe?g|gif|svg|webp)\]?\]?$", re.IGNORECASE
)
"""A picture as note-taking programs write it: "![[chart.png]]"."""
_FORMULA = re.compile(r"\$\$?[^$]+\$\$?|\\[a-zA-Z]+(?:\{[^}]*\})*|\$")
_JOINED = AnyCase(r"^\w+ and \w+\b")
"""\"Drag and drop\" names a thing; it is no step."""


_WORDS = re.compile(r"[^\W\d_]{2,}")
_TEMPLATE = re.compile(r"(?:\{[%{][^}]*[%}]\}\s*)+")
_LONG_WORDS = re.compile(r"[^\W\d_]{3,}")


_OF_THE_EXAM = re.compile(
    r"(?:the )?[A-Z]{2}-\d{3} (?:is|has|covers|consists|exam|certification)\b|follow (?:the|this) (?:official|\w+ repo)\b"
    r"|.{0,40}\b(?:mcq|multiple[- ]choice) (?:based )?(?:exam|questions?)\b",
    re.IGNORECASE,
)
"""An exam by its code, and what it is like."""


WRONG = "marked as wrong"
"""Why a line behind a cross, "❌ S3 is a block store", is no fact: it may say what is not so."""


_OF_A_PICTURE = re.compile(r"[:=]\s")
"""What is said of a picture that stood before it, as of a formula: nobody can be asked for that."""


def reason_to_skip(text: str, *, in_steps: bool = False) -> str:
    """Why a sentence states nothing to be asked, or "" if it does. `in_steps`: it is an item of a numbered list."""
    plain = text.strip()
    if not _WORDS.search(plain):
        return "no words"
    if _TEMPLATE.fullmatch(plain):
        return "markup"
    if _EMBED.match(plain) or _OF_A_PICTURE.match(text):
        return "a picture"
    if _FORMULA.search(plain) and len(_LONG_WORDS.findall(_FORMULA.sub(" ", plain))) < 3:
        return "a formula"
    if _OPINION.match(plain):
        return "an opinion"
    if _EXERCISE.match(plain):
        return "an exercise"
    if _OF_THE_EXAM.match(plain) or _WAY.match(plain) or _RECAP.match(plain):
        return "about the course or the text"
    if _HINT.search(plain) and len(plain.split()) <= 16:
        return "study hint"
    if _METADATA.search(plain) and len(plain.split()) <= 25:
        return "about the course or the text"
    if _LAB.match(plain) and 4 <= len(plain.split()) <= 30 and not _JOINED.match(plain):
        return "lab step"
    if plain.endswith("?"):
        return "question"
    if (
        in_steps
        and grammar.is_imperative(plain)
        and re.search(r"[\"“`]|\bbutton\b|\bblade\b|\bpage\b|\btab\b", plain)
    ):
        return "lab step"
    return ""


_COURSE_LABEL = re.compile(
    r"^(?:level|xp|duration|author|instructor|trainer|last updated|updated|course|audience|target audience"
    r"|exam(?! (?:tips?|hints?|traps?|notes?)$)(?: \w+)?|passing score|pass mark|weight(?:age|ing)?|number of questions"
    r"|time limit|estimated time|reading time|exam structure|exam format|exam details|free resources|resources"
    r"|practice tests?|practice exams?)$",
    re.IGNORECASE,
)
_HINT_LABEL = re.compile(
    r"^(?:common (?:pitfalls|mistakes|traps)"
    r"|(?:preparation|exam|study|test) (?:hacks|tips?|hints?|traps?|notes?|focus|weight|strategy)"
    r"|time management|real-world tie-ins|microsoft learn|flashcards?|mnemonics?|study plan|further reading|next steps)$",
    re.IGNORECASE,
)
_EXAM_HEADING = re.compile(
    r"^\W*(?:(?:the )?exam (?:structure|format|details|tips?|strategy|overview|information|info|day|objectives)"
    r"|(?:(?:key|final|general|quick|top|last[- ]minute) )?(?:study|exam|test|revision)"
    r" (?:plan|tips?|strategy|strategies|schedule|checklist|resources|advice)|(?:free |further |useful |additional )?"
    r"(?:resources|links|reading|references)|learning objectives|table of contents|agenda|topics covered|course (?:outline|content)|syllabus|about (?:the exam|this (?:course|guide|repo))"
    r"|tech(?:nology)? stack|technologies used|installation|contributing|license|acknowledge?ments|project structure|design system|typography"
    r"|(?:recommended )?study (?:approach|sections?|path|guide structure)|target audience|certification overview|exam domains"
    r"|skills measured|learning path|study material features|app features|color palette|authors?|contact|support(?: me)?"
    r"|final tips|next steps|how to use (?:this|these) .*|common (?:pitfalls|mistakes)(?: (?:in|on) the exam)?)\W*$",
    re.IGNORECASE,
)

_PRACTICE = AnyCase(
    r"^\W*(?:(?:.{0,40}\b)?(?:practice|mock|sample) (?:exams?|tests?|quiz\w*)\b ?#?\d.*"
    r"|(?:q|question|answer|scenario|problem|exercise|quiz) ?#?\d+(?: \([^)]*\))?|contents)\W*$"
)
"""Headings over made-up questions, whose options are mostly wrong, and over what the text holds."""
_HALF = AnyCase(
    r"\b(?:exam|study|test|preparation) (?:tips?|hacks?|strategy|focus|hints?|traps?|essentials)\b"
    r"|\b(?:most )?(?:asked|tested)\b|\bcheat ?sheet for the exam\b"
)


def half_about_the_exam(title: str) -> bool:
    """Does a heading speak of an exam beside its subject: "Key concepts and exam tips"?"""
    return bool(_HALF.search(title))


def about_the_exam(title: str) -> bool:
    """Does a heading stand over what a course or an exam is like, over made-up questions or links, and not over its
    subject?"""
    return bool(_EXAM_HEADING.match(re.sub(r"^[\W\d.)]+", "", title)) or _PRACTICE.match(title))


def is_hint(label: str) -> bool:
    """Is this a label such as "Exam tip", under which a note tells how to study and not its subject?"""
    return bool(_HINT_LABEL.match(label.strip())) or about_the_course(label)


def about_the_course(label: str) -> bool:
    """Is this a label such as "Level" or "Duration", under which a note tells about its course and not its subject?"""
    return bool(_COURSE_LABEL.match(label.strip()))
