"""Flaws of wording: what holds for every question, every answer, every piece of text on a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dp100cards.cards import GAP, Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements
from dp100cards.first.generate.english import article, count_words
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.vocabulary import STOP_WORDS

_ASKS = AnyCase(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should"
    r"|must|may|will|would|has|have)\b"
)
_ORDERS = AnyCase(
    r"^(?:name|list|give|explain|describe|define|put|match|choose|select|complete|fill|order"
    r"|translate|write|state)\b"
)
_POINTS = AnyCase(
    r"\b(?:as (?:mentioned|shown|described|seen|stated) (?:above|below|before|earlier)|(?:see"
    r"|shown) (?:above|below)|the (?:above|latter|former)\b|"
    r"(?:the|in) (?:first|second|third|previous|next|last) step\b|finally, you|"
    r"mentioned (?:above|below|before)|the following (?:image|picture|figure|table|diagram|screenshot"
    r"|code)|(?:image|figure|screenshot|diagram) (?:above|below))"
)
_META = AnyCase(
    r"\b(?:^learn (?:how|about|to|more)"
    r"|in this (?:lab|exercise|module|lesson|course|section|unit|video|chapter|tutorial|workshop"
    r"|post|article|guide|note)|for the exam|on the exam|exam (?:tip|hint|weight)"
    r"|last (?:updated|modified)|learning objectives?|estimated time|minutes to (?:complete|read)"
    r"|course core|core of the course"
    r"|understand for|exam (?:day|date)|practice (?:tests?|exams?)|these terms|good luck"
    r"|just ask|let me know|i've grouped|easy scanning"
    r"|important for the exam|click (?:on|here)|prerequisites? for this|back to top"
    r"|table of contents)\b"
)
_GENERIC = AnyCase(
    r"^(?:what can (?:you|we) do with [^,]+\?|which \w+ (?:things|items|points) are (?:listed"
    r"|mentioned|named)\?|what (?:about|else) .*"
    r"|what (?:is|are) (?:there|said|known|important|true) (?:of|about|in) .*|what do (?:you"
    r"|we) (?:know|need) .{0,12}\?|what (?:is|are) the (?:note|notes|point|points)\?|.*what (?:does"
    r"|do) \w+ (?:do|have|be)\?)$"
)
_VAGUE = re.compile(
    r"^(?:it depends|various|many things|several things|etc|and so on|other things|things|stuff|more"
    r"|better|good|important|useful|different|yes|no|true|false)\.?$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"^(?:several|various|many|multiple|different|some|numerous|a (?:number|variety|range|lot|set) of)\b",
    re.IGNORECASE,
)
_OPINION = AnyCase(
    r"\b(?:i think|in my opinion|trainer said|imho|personally|most (?:confusing|interesting|annoying)"
    r"|i prefer|we prefer)\b"
)
_YES_OR_NO = AnyCase(r"yes or no\?$|^(?:is|are|does|do|can|has|have|was|were|should|must|will)\b")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|that(?=[?.!]*$)|this|these|those)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.\w|!\[|\]\([^)]*\)|<img\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);|^\s*(?:[-–—*+#>]+|\|)\s|"
    r"\|\s*[-:]+\s*\||(?<!\w)\*\*\s|~~|\[\s?[xX ]\]|“[-–—*] |\\[a-z_*]",
    re.IGNORECASE,
)
_SPACES = re.compile(r"  +")
_SIGNS = re.compile(r"[<>&|#*+~\\()\[\]“”\"]|://|www\.|^\s*[-–—]\s", re.MULTILINE)
"""Where none of these stands, there is no link, no markup and nothing to balance."""
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_DOUBLED = re.compile(r"(?<![\w.-])([A-Za-z]++) \1(?![\w-])", re.IGNORECASE)
_TWO_ARTICLES = re.compile(r"\b(?:[Aa]n?|the) ((?:an|the) (?=\w))")
_MAYBE_DOUBLED = AnyCase(r"\b([a-z]++) \1\b")
"""Stands wherever `_DOUBLED` finds something, and is found in half the time."""
_ARTICLE = re.compile(r"(?<![\w/’'-])([Aa][Nn]?) (?=([\w`“\"'-]+))")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def every_text(card: Card) -> list[str]:
    """All text that the learner reads as question, answer or option; code is not text."""
    match card:
        case Basic(ask=ask, answer=answer):
            return [ask, answer]
        case Choice(ask=ask, options=options) | Multiple(ask=ask, options=options):
            return [ask, *(option.text for option in options)]
        case Order(ask=ask, items=items):
            return [ask, *items]
        case Match(ask=ask, pairs=pairs):
            return [ask, *(side for pair in pairs for side in (pair.left, pair.right))]
        case Statements(ask=ask, statements=statements):
            return [ask, *(statement.text for statement in statements)]
    return [card.ask]


def answer_text(card: Card) -> str:
    """The right answer in words: what must come from the note."""
    match card:
        case Basic(answer=answer):
            return answer
        case Choice(options=options) | Multiple(options=options):
            return " ".join(option.text for option in options if option.right)
        case Cloze(ask=ask):
            return " ".join(GAP.findall(ask))
        case Order(items=items):
            return " ".join(items)
        case Match(pairs=pairs):
            return " ".join(f"{pair.left} {pair.right}" for pair in pairs)
    return ""


def text_flaws(card: Card) -> Iterator[Flaw]:
    """What no text on a card may have, whatever the card asks."""
    texts = every_text(card)
    if any(not text.strip() for text in texts):
        yield flaw("empty")
    whole = "\n".join(texts)
    if "`" in whole or "{{" in whole:
        yield from _text_flaws(whole)
        if "```" in whole.removeprefix(card.ask) and not isinstance(card, Code):
            yield flaw("markup", "a code block")
    else:
        for n, text in enumerate(texts):
            yield from _plain_text_flaws(text if n == 0 else f"\n{text}")
    if card.status != "advice" and (opinion := _OPINION.found(whole)):
        yield flaw("opinion", opinion)
    if card.ask[:1].islower() and not re.match(r"\w*[._/\\()=A-Z0-9]", card.ask.split()[0][1:] or " "):
        yield flaw("small-letter", card.ask.split()[0])


@lru_cache(maxsize=4096)
def _plain_text_flaws(text: str) -> tuple[Flaw, ...]:
    """The flaws of one piece of text without code; an option stands on many cards."""
    return tuple(_text_flaws(text))


def _text_flaws(said: str) -> Iterator[Flaw]:
    whole = _CODE.sub("`code`", GAP.sub(r"\1", said)) if "`" in said or "{{" in said else said
    for text in whole.split("\n") if _SIGNS.search(whole) else ():
        yield from _noise(text)
    found = _DOUBLED.search(whole) if _MAYBE_DOUBLED.search(whole) else None
    if found and found[1].lower() not in ("that", "had", "bora", "so", "very"):
        yield flaw("doubled-word", found[0])
    for wrong in wrong_articles(whole):
        yield flaw("a-or-an", wrong)
    if words := _POINTS.found(said):
        yield flaw("lost-reference", words)
    if words := _META.found(said):
        yield flaw("metadata", words)


def _noise(text: str) -> Iterator[Flaw]:
    if found := _LINK.search(text):
        yield flaw("link", found[0])
    if found := _MARKUP.search(text):
        yield flaw("markup", found[0].strip())
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and not re.search(r"[:;]-?\)|\b[a-z0-9]\)\s", text):
            yield flaw("unbalanced", opening if text.count(opening) > text.count(closing) else closing)
    if text.count('"') % 2 and not re.search(r'\d"', text):
        yield flaw("unbalanced", '"')


_FOREIGN = AnyCase(
    r"\b(?:da|das|dos|um|uma|que|para|com|não|são|el|los|las|una|por|con|und|der|dem|den|ein|eine|ist|mit|les|des|est"
    r"|une|pour|dans|avec|della|che|een|het|och|att|som)\b|[ãõçñß]"
)


def is_english(text: str) -> bool:
    """Is the text free of the small words of other languages, in which "a" is no article?"""
    return _FOREIGN.search(text) is None


def wrong_articles(text: str) -> list[str]:
    """Every "a" that should be "an", and the other way round, with the word after it."""
    found = []
    for m in _ARTICLE.finditer(text):
        following = m[2].strip("`“\"'")
        if (
            not following
            or following.lower() in STOP_WORDS
            or (m[1] == "A" and following[:1].isupper() and m.start() > 0)
        ):
            continue
        if article(following) != m[1].lower() and not (len(following) > 1 and following.isupper()):
            found.append(f"{m[1]} {following}")
    return found if found and is_english(text) else []


@lru_cache(maxsize=4096)
def mend(text: str) -> str:
    """The text with its articles right and no word doubled: the slips that a rule can mend for certain."""
    text = text.replace("**", "")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if " a" in text or text.startswith(("A ", "The ")):
        text = _TWO_ARTICLES.sub(r"\1", text)
    if _MAYBE_DOUBLED.search(text):
        text = _DOUBLED.sub(lambda m: m[0] if m[1].lower() in ("that", "had", "so", "very") else m[1], text)

    def right(m: re.Match[str]) -> str:
        following = m[2].strip("`“\"'")
        if not following or following.lower() in STOP_WORDS or (m[1] == "A" and m.start() > 0):
            return m[0]
        put = article(following)
        return f"{put.capitalize() if m[1][0].isupper() else put} "

    mended = _ARTICLE.sub(right, text)
    return mended if mended == text or is_english(text) else text


_CHOOSE = re.compile(r"\s*\(Choose \w+\.\)$", re.IGNORECASE)
_ENDS_IN_AN_ORDER = re.compile(r"\bName \w+\.$|\bWhy\?$")


def question_flaws(ask: str, answer: str = "") -> Iterator[Flaw]:
    """What a question must be: a question, of a fair length, about something that it names."""
    n = count_words(ask)
    plain = _CHOOSE.sub("", ask)
    term = answer and n <= 6 and not plain.endswith("?")
    if not ask.strip():
        return
    if n < 3 and not term and not (answer and ask.endswith("?")):
        yield flaw("short-question", ask)
    if n > 30 or len(ask) > 250:
        yield flaw("long-question", f"{n} words")
    elif n > 22:
        yield flaw("wordy-question", f"{n} words")
    questions = plain.endswith("?") or "?" in plain
    if (
        not term
        and not _ORDERS.match(plain)
        and not (questions and _ASKS.search(plain))
        and not _ENDS_IN_AN_ORDER.search(plain)
    ):
        yield flaw("not-a-question")
    if _GENERIC.match(plain):
        yield flaw("generic-question", plain)
    telling = stems(plain) - GENERIC_STEMS
    if (
        not telling
        and not (stems(plain) & stems(answer))
        and not re.search(r"[A-Z]{2,}|`", plain)
        and not (stems(answer) - GENERIC_STEMS)
    ):
        yield flaw("no-concept")
    if dangles(plain):
        yield flaw("dangling-pronoun", dangles(plain))


_NO_NOUN_NEEDED = re.compile(
    r"it(?:\s+(?:is|was|be|can be|may be|might be|to be))?\s+(?:better|best|important|possible"
    r"|recommended|useful|easier"
    r"|easy|necessary|worth|good|advisable|required|that|takes|said|the case)\b"
    r"|(?:this|these)\s+describes?\b",
    re.IGNORECASE,
)
_ONE_OF = AnyCase(r"\b(?:which|what|all|each|any|one|two|three) of $")
_LEFT_OVER = AnyCase(r"\b(?:with|of|for|from|in|to|by|on|do|does|using) (?:that|this|these|those)$")
_ENDS = re.compile(r"\s*[?.!]*$")
_QUOTATION = re.compile(r"“[^”]*”")


@lru_cache(maxsize=4096)
def dangles(text: str) -> str:
    """The first pronoun of a text with no noun before it that it could stand for; "" where there is none."""
    plain = _QUOTATION.sub("“…”", text) if "“" in text else text
    for found in _PRONOUN.finditer(plain):
        before = plain[: found.start()]
        if _NO_NOUN_NEEDED.match(plain, found.start()) or _ONE_OF.search(before):
            continue
        if not stems(before) and "`" not in before:
            return found[0]
        if _LEFT_OVER.search(plain[: found.end()]) and _ENDS.match(plain, found.end()):
            return found[0]
    return ""


def answer_flaws(card: Basic) -> Iterator[Flaw]:
    """What an answer must be: short, one fact, and not given by the question."""
    n = count_words(card.answer)
    if n > 30:
        yield flaw("long-answer", f"{n} words")
    elif n > 20:
        yield flaw("wordy-answer", f"{n} words")
    if n > 12 and "list" not in card.tags and "enumeration" not in card.tags:
        joints = len(re.findall(r"\b(?:and|or|but|while|whereas)\b|;", card.answer))
        if joints >= 3 or (joints >= 2 and n > 16):
            yield flaw("two-facts", card.answer)
    if _MANY.match(card.answer) and n <= 6:
        yield flaw("vague-answer", card.answer)
    if _VAGUE.match(card.answer.strip()) and not _YES_OR_NO.search(card.ask.strip()):
        yield flaw("vague-answer", card.answer)
    said, asked = stems(card.answer), stems(card.ask)
    if said and said <= asked and not re.search(r"\bor\b", card.ask):
        yield flaw("answer-in-question", card.answer)
