"""Home, from which everything begins, and statistics: today's work, how far the learner is, what is coming."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from dp100cards.clean import clean_line, many, percent
from dp100cards.errors import UsageError
from dp100cards.scheduler.queue import Group, Progress, Work
from dp100cards.ui.keys import HELP
from dp100cards.ui.pages import help_page
from dp100cards.ui.text import bar, blocks, fit, indented, said, section, styled
from dp100cards.ui.view import CLOSE, NOTHING, STAY, Page, Result, Screen, Size, Stage, View, prompt

WIDEST = 110
WEEKS = 12
HEAT = "·░▒▓█"
NARROW = 48  # with fewer columns the tables leave out what the maturity of all cards says above
IDLE = 0.02  # seconds without a key after the first picture: then there is time to count
CHOICES = {"enter": "study", "space": "study", "e": "exam", "s": "statistics", "/": "cards", "b": "build"}
WHEN = "When is your exam? Year-month-day, such as 2027-01-15 (esc: later):"
HOW_LONG = "How many minutes a day do you have? (empty: no limit)"


@dataclass(frozen=True, kw_only=True)
class Home:
    name: str
    date: str
    days: int | None = None  # until the exam
    work: Work
    total: Progress
    chance: str = ""
    mocks: Sequence[int] = ()  # the scores, the oldest first
    no_mock: str = "none yet"  # what is said while there are none
    pass_mark: int = 700
    is_open: bool = False  # does an exam wait to be resumed?
    week: Sequence[tuple[str, bool]] = ()  # the last seven days: first letter, was something reviewed?
    streak: int = 0
    decks: Sequence[Group] = ()
    said: Sequence[str] = ()  # what is overdue, what to do next, mistakes in decks, changed notes
    can_build: bool = False
    counting: bool = False  # the first picture, with what is known at once; the figures of memory follow


class HomeScreen(Screen):
    """The home of the program; `chosen` is what the learner wants to do, "" to leave."""

    widest = WIDEST

    def __init__(
        self, stage: Stage, figures: Callable[[], Home], first: Home | None = None,
        keep_date: Callable[[str, str], str] = lambda day, minutes: "", *, asks: bool = False,
    ) -> None:  # fmt: skip
        """`figures` gives what is shown, after the `first` picture; `keep_date` keeps the day of the exam and the
        minutes a day, or raises UsageError; `asks`: the learner is asked for them at once."""
        self.stage, self.home, self.chosen = stage, first or figures(), ""
        self._figures, self._keep_date, self._asks = figures, keep_date, asks
        self.tick = IDLE if self.home.counting else None

    def beat(self) -> Result:
        """No key came at once: count what takes longer; after a newcomer's first session, ask for the exam's day."""
        self.tick, self.home = None, self._figures()
        if self._asks and not self.stage.plain:
            self._ask_date()
        return STAY

    def do(self, key: str) -> Result | None:
        if key == "d":
            self._ask_date()
        elif key == "?":
            self.stage.run(help_page([("Home", HELP["home"])]))
        elif key in CHOICES and (key != "b" or self.home.can_build):
            self.chosen = CHOICES[key]
            return CLOSE
        else:
            return NOTHING
        return None

    def _ask_date(self) -> None:
        if day := self._kept(WHEN, lambda text: self._keep_date(text, "")):
            self._kept(HOW_LONG, lambda text: self._keep_date(day, text))
            self.home = self._figures()

    def _kept(self, question: str, keep: Callable[[str], str], text: str = "") -> str:
        """Ask until an answer can be kept; what was typed stays. "" if nothing was answered."""
        if text := prompt(self.stage, self, question, text) or "":
            try:
                self.message = keep(text)
            except UsageError as error:
                return self._kept(f"{error.message}:", keep, text)
        return text

    def view(self, size: Size) -> View:
        home, gap = self.home, [] if size.compact else [Text()]
        left = {None: "", 0: " · exam today"}.get(home.days, f" · exam in {many(home.days or 0, 'day')}")
        today, progress, mocks = self._today(size), self._progress(size), self._mocks(size)
        parts = {"Today": today, "Progress": progress, "Mock exams": mocks}
        body = [*gap, *boxes(parts, size), *([] if size.compact else self._week(size))]
        body += said(home.said, size.width - 2, indent=1)
        decks = table(home.decks, size, "Deck", indent=1, spare=4, longest=40, counting=home.counting)
        body += [*gap, *decks] if decks else []
        hints = [("enter", "study"), ("e", "resume exam" if home.is_open else "exam"), ("s", "statistics")]
        hints += [("/", "cards"), *[("b", "build")] * home.can_build, ("d", "exam date"), ("?", "help")]
        return View(
            title=styled(f" {clean_line(home.name)}", "title"), right=styled(f"{home.date}{left} ", "quiet"),
            body=body, hints=[*hints, ("q", "quit")], message=self.message, page="home",
        )  # fmt: skip

    def _today(self, size: Size) -> list[Text]:
        work, counting = self.home.work, self.home.counting
        if not work.due + work.learning + work.new and not counting:
            return [styled("Nothing is due now."), styled("Tomorrow brings more.", "quiet")]
        return [
            styled(f"{work.due:>3}", "due").append(f" due · {work.learning} learning"),
            styled(f"{work.new:>3}", "new").append(f" new    ≈ {'…' if counting else work.minutes} min"),
            *[styled("▶ enter", "key").append("  study")] * (not size.plain),
        ]

    def _progress(self, size: Size) -> list[Text]:
        home, total = self.home, self.home.total
        if home.counting:
            return [styled(many(total.cards)), styled("counting …", "quiet")]
        filled = bar(total.begun / max(total.cards, 1), 10 if size.width >= 70 else 8)
        share = styled(f"{total.begun} of {total.cards}{' cards begun' * size.plain}")
        recall = "none begun yet" if total.recall is None else f"recall {percent(total.recall)} of begun"
        chance = f"{'Chance to pass:' if size.plain else 'chance'} {home.chance}"
        last = chance if home.chance else many(total.mature, "mature card")
        return [share if size.plain else filled + styled(" ") + share, styled(recall), styled(last)]

    def _mocks(self, size: Size) -> list[Text]:
        home = self.home
        if home.counting:
            return [styled("counting …", "quiet")]
        trend = f"  {blocks(home.mocks[-8:], 1000)}" if home.mocks and not size.plain else ""
        does = "resume" if home.is_open else "sit another" if home.mocks else "sit one"
        return [
            styled(" → ".join(map(str, home.mocks[-3:])) or home.no_mock),
            styled(f"pass mark {home.pass_mark}", "quiet").append(trend, "accent"),
            *[styled("e", "key").append(f"  {does}")] * (not size.plain),
        ]

    def _week(self, size: Size) -> list[Text]:
        """On which of the last seven days something was reviewed, and for how many days in a row."""
        home, streak = self.home, f"streak {many(self.home.streak, 'day')}"
        if size.plain or not any(done for _, done in home.week):
            return [Text(), styled(streak)] if home.streak else []
        line = styled(f" {' '.join(letter for letter, _ in home.week)}   ", "quiet")
        marks = " ".join("▪" if done else "·" for _, done in home.week)
        return [line.append(marks, "accent").append(f"   {streak}"), Text()]


def boxes(parts: dict[str, list[Text]], size: Size) -> list[Text]:
    """Titled boxes side by side where they have room, else one below the other; in the plain form only their lines."""
    drawn: list[list[Text]] = []
    wide, tall = (size.width + 1) // len(parts) - 1, max(map(len, parts.values()))
    if size.plain or size.width < 30 * len(parts) - 14:
        for title, lines in parts.items():
            shown = [indented(line, 2) for line in lines if line.plain.strip()]
            drawn.append([*[Text()] * (bool(drawn) and not size.compact), styled(title, "title"), *shown])
        return [line for box in drawn for line in box]
    for title, lines in parts.items():
        top = styled("┌ ", "rule").append(title, "title")
        box = [top.append(f" {'─' * max(wide - 4 - cell_len(title), 0)}┐", "rule")]
        for line in [*lines, *[Text()] * (tall - len(lines))]:
            box.append(styled("│ ", "rule") + fit(line, wide - 4) + styled(" │", "rule"))
        drawn.append([*box, styled(f"└{'─' * (wide - 2)}┘", "rule")])
    return [styled(" ").join(row) for row in zip(*drawn, strict=True)]


def table(
    groups: Sequence[Group], size: Size, head: str = "", *, mature: bool = False, indent: int = 2, spare: int = 1,
    longest: int = 30, counting: bool = False,
) -> list[Text]:  # fmt: skip
    """How far each deck or area is; recall is that of the cards begun. `spare` columns are left blank at the right."""
    if not groups:
        return []
    names = min(max(len(group.title) for group in groups), max(size.width - 26 - 8 * mature, 10))
    titles = f"{fit(head, names).plain}  {'cards':>6}{'begun':>7}{'  mature' * mature}{'recall':>8}"
    lines = [styled(f"{' ' * indent}{titles}", "quiet")]
    for group in groups:
        at, line = group.progress, indented(fit(clean_line(group.title), names), indent)
        begun, recall = f"{at.begun}", "–" if at.recall is None else percent(at.recall)
        if counting:
            begun = recall = "…"
        line.append(f"  {at.cards:>6}{begun:>7}{f'{at.mature:>8}' * mature}{recall:>8}  ")
        room = min(size.width - line.cell_len - spare, longest)
        lines.append(line + bar(at.begun / max(at.cards, 1), room) if room >= 6 else line)
    return lines


# Statistics


@dataclass(frozen=True, kw_only=True)
class MockRow:
    date: str
    score: int
    verdict: str
    forecast: str = ""  # what was said of the chance to pass when it began


@dataclass(frozen=True, kw_only=True)
class Overview:
    summary: Sequence[str]
    days: Sequence[int]  # reviews on each day of the last twelve weeks, from a Monday on; today last
    months: Sequence[tuple[int, str]]  # in which of these weeks a month begins, and its name
    retention: Sequence[tuple[int, int]]  # for each of these weeks: cards that were known, of those asked
    coming: Sequence[int]  # cards that fall due on each coming day, today first
    phases: Sequence[tuple[str, int]]  # how many cards are new, in learning, young, mature
    decks: Sequence[Group]
    areas: Sequence[Group] = ()
    mocks: Sequence[MockRow] = ()
    pass_mark: int = 700


def summary_of(total: Progress, streak: int, longest: int) -> str:
    """The line that says most."""
    known = f" · recall {percent(total.recall)} of begun" if total.recall is not None else ""
    run = f" · streak {many(streak, 'day')}, longest {longest}" if longest else ""
    return f"{total.begun} of {many(total.cards)} begun · {total.mature} mature{known}{run}"


def statistics_page(found: Overview) -> Page:
    """Twelve weeks at a glance, retention, what is coming, how far each deck and area is, mock exams."""

    def lines(size: Size) -> list[Text]:
        sections = {
            "Reviews in twelve weeks": _heatmap(found, size),
            "Retention by week": _retention(found, size),
            "Cards falling due": _coming(found, size),
            "Maturity": _phases(found, size),
            "Decks": table(found.decks, size, mature=size.width >= NARROW),
            "Areas of the exam": table(found.areas, size, mature=size.width >= NARROW),
            "Mock exams": _mocks(found, size),
        }
        body = [line for title, rows in sections.items() for line in section(title, rows)]
        return [Text(), *said(found.summary, size.width - 2), *body]

    return Page("Statistics", lines, [("PgDn", "more"), ("q", "back")], widest=WIDEST)


def _heatmap(found: Overview, size: Size) -> list[Text]:
    """A column for each week, a row for each weekday; in lines a sum for each week."""
    most = max(found.days, default=0)
    if size.plain or not most:
        sums = [sum(found.days[n : n + 7]) for n in range(0, len(found.days), 7)]
        return [styled(f"  {', '.join(map(str, sums))} reviews, week by week")] * bool(most)
    head = [" "] * (WEEKS * 2 + 2)
    for week, name in found.months:
        head[week * 2 : week * 2 + 3] = name
    lines = [styled(f"        {''.join(head).rstrip()}", "quiet")]
    for weekday, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        lines.append(styled(f"  {name:<5} ", "quiet"))
        for count in found.days[weekday::7]:
            level = -(-count * 4 // most)
            lines[-1].append(f"{HEAT[level]} ", f"heat.{level}")
    legend = styled("        less ", "quiet")
    for level, mark in enumerate(HEAT):
        legend.append(f"{mark} ", f"heat.{level}")
    if size.width < NARROW:
        return [*lines, legend.append("more", "quiet"), styled(f"        up to {most} a day", "quiet")]
    return [*lines, legend.append(f"more (up to {most} a day)", "quiet")]


def _retention(found: Overview, size: Size) -> list[Text]:
    lines: list[Text] = []
    for n, (known, asked) in enumerate(found.retention, 1):
        if asked:
            ago = len(found.retention) - n
            name = {0: "this week", 1: "last week"}.get(ago, f"{ago} weeks ago")
            lead = styled(f"  {name:<12} ", "quiet").append(f"{percent(known / asked):>5}  ")
            lead.append(f"{known} of {asked}".ljust(12), "quiet")
            lines.append(lead + bar(known / asked, min(size.width - 35, 40), "good"))
    return lines


def _coming(found: Overview, size: Size) -> list[Text]:
    if size.plain or not any(found.coming):
        following = ", ".join(map(str, found.coming[1:8]))
        return [styled(f"  today {found.coming[0]}, then {following}")] if any(found.coming) else []
    shown, most = found.coming[: max(min(size.width - 12, 60) // 2, 7)], max(found.coming)
    line = styled("  ").append(" ".join(blocks(shown, most)), "accent").append(f"  up to {most}", "quiet")
    last = f"in {len(shown) - 1} days"
    return [line, styled(f"  today{last.rjust(max(len(shown) * 2 - 6, 0))}", "quiet")]


def _phases(found: Overview, size: Size) -> list[Text]:
    total, room = max(sum(count for _, count in found.phases), 1), min(size.width - 22, 50)
    leads = [styled(f"  {name:<9}", "quiet").append(f"{count:>6}  ") for name, count in found.phases]
    shares = [count / total for _, count in found.phases]
    return [lead + bar(share, room, "bar.mature") for lead, share in zip(leads, shares, strict=True)]


def _mocks(found: Overview, size: Size) -> list[Text]:
    """Each score against the pass mark, and what was forecast."""
    lines, room = [], min(size.width - 42, 40)
    for mock in found.mocks[-10:]:
        line = styled(f"  {mock.date:<11} ", "quiet").append(f"{mock.score:>4}  ")
        if room >= 10 and not size.plain:
            style = "good" if mock.score >= found.pass_mark else "again"
            line.append_text(bar(mock.score / 1000, room, style))
        lines.append(line.append(f"  {mock.verdict}", "quiet"))
        if mock.forecast:
            lines.append(styled(f"  {'':<11}       {mock.forecast}", "quiet"))
    return lines
