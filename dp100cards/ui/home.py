"""Home, from which everything begins, and statistics: today's work, how far the learner is, what is coming."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.text import Text

from dp100cards.clean import clean_line, many, percent
from dp100cards.errors import UsageError
from dp100cards.scheduler.queue import Group, Progress, Work
from dp100cards.ui.keys import HELP
from dp100cards.ui.pages import help_page
from dp100cards.ui.text import bar, blocks, fit, said, section, styled
from dp100cards.ui.view import CLOSE, NOTHING, STAY, Layout, Page, Result, Screen, Size, Stage, View

WIDEST = 110
WEEKS = 12
HEAT = "·░▒▓█"
NARROW = 48  # with fewer columns the tables leave out what the maturity of all cards says above
IDLE = 0.02  # seconds without a key after the first picture: then there is time to count
CHOICES = {"enter": "study", "space": "study", "e": "exam", "s": "stats", "/": "cards", "b": "build"}
WHEN = "When is your exam? Year-month-day, such as 2027-01-15 (esc: later):"
HOW_LONG = "How many minutes a day do you have? (0: no limit)"


@dataclass(frozen=True, kw_only=True)
class Home:
    name: str
    today: date
    days: int | None = None  # until the exam
    work: Work
    total: Progress | None = None  # None in the first picture, which does not wait until all is counted
    chance: str = ""
    mocks: Sequence[int] = ()  # the scores, the oldest first
    pass_mark: int = 700
    is_open: bool = False  # does an exam wait to be resumed?
    week: Sequence[bool] = ()  # was something reviewed on the last seven days?
    streak: int = 0
    decks: Sequence[Group] = ()
    said: Sequence[str] = ()  # what is overdue, what to do next, mistakes in decks, changed notes
    can_build: bool = False
    asks: bool = False  # is the learner asked for the day of the exam at once?


Keep = Callable[[str, str], str]
"""Keeps the day of the exam or the minutes a day, and gives what there is to say. Raises UsageError."""


class HomeScreen(Screen):
    """The home of the program; `chosen` is the command that the learner wants, "" to leave."""

    widest = WIDEST

    def __init__(
        self, stage: Stage, keep_date: Keep, figures: Callable[[], Home], first: Home | None = None
    ) -> None:
        """`figures` gives what is shown, after the `first` picture."""
        self.stage, self.home, self.chosen = stage, first or figures(), ""
        self._figures, self._keep_date = figures, keep_date
        self.tick = IDLE if first else None

    def beat(self) -> Result:
        """No key came at once: count what takes longer; after a newcomer's first session, ask for the exam's day."""
        self.tick, self.home = None, self._figures()
        if self.home.asks:
            self._ask_date()
        return STAY

    def do(self, key: str) -> Result | None:
        if key == "d":
            self._ask_date()
        elif key == "?":
            self.stage.run(help_page([("Home", HELP["home"])]))
        elif key in CHOICES and (key != "b" or self.home.can_build):
            self.chosen = "exam resume" if key == "e" and self.home.is_open else CHOICES[key]
            return CLOSE
        else:
            return NOTHING
        return None

    def _ask_date(self) -> None:
        if self._kept(WHEN, lambda text: self._keep_date(text, "")):
            self._kept(HOW_LONG, lambda text: self._keep_date("", text))
            self.home = self._figures()

    def _kept(self, question: str, keep: Callable[[str], str], text: str = "") -> str:
        """Ask until an answer can be kept; what was typed stays. "" if nothing was answered."""
        if text := self.prompt(question, text):
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
        decks = table(home.decks, size, brief=True)
        body += [*gap, *decks] if decks else []
        hints = [("enter", "study"), ("e", "resume exam" if home.is_open else "exam"), ("s", "statistics")]
        hints += [("/", "cards"), *[("b", "build")] * home.can_build, ("d", "exam date"), ("?", "help")]
        return View(
            title=styled(f" {clean_line(home.name)}", "title"),
            right=styled(f"{home.today:%a} {home.today.day} {home.today:%b}{left} ", "quiet"),
            body=body,
            hints=[*hints, ("q", "quit")],
            message=self.message,
            page="home",
        )

    def _today(self, size: Size) -> list[Text]:
        work = self.home.work
        if not work.minutes:
            return [styled("Nothing is due now."), Text()]
        return [
            styled(f"{work.due:>3}", "due").append(f" due · {work.learning} learning"),
            styled(f"{work.new:>3}", "new").append(f" new    ≈ {work.minutes} min"),
            *[styled("▶ enter", "key").append("  study")] * (not size.plain),
        ]

    def _progress(self, size: Size) -> list[Text]:
        home, total = self.home, self.home.total
        if total is None:
            return [styled("counting …", "quiet")]
        filled = bar(total.begun / max(total.cards, 1), 10 if size.width >= 70 else 8)
        share = styled(f"{total.begun} of {total.cards}{' cards begun' * size.plain}")
        recall = "none begun yet" if total.recall is None else f"recall {percent(total.recall)} of begun"
        chance = f"{'Chance to pass:' if size.plain else 'chance'} {home.chance}"
        last = chance if home.chance else many(total.mature, "mature card")
        return [share if size.plain else filled + styled(" ") + share, styled(recall), styled(last)]

    def _mocks(self, size: Size) -> list[Text]:
        home = self.home
        if home.total is None:
            return [styled("counting …", "quiet")]
        trend = f"  {blocks(home.mocks[-8:], 1000)}" if home.mocks and not size.plain else ""
        does = "resume" if home.is_open else "sit another" if home.mocks else "sit one"
        return [
            styled(" → ".join(map(str, home.mocks[-3:])) or "none yet"),
            styled(f"pass mark {home.pass_mark}", "quiet").append(trend, "accent"),
            *[styled("e", "key").append(f"  {does}")] * (not size.plain),
        ]

    def _week(self, size: Size) -> list[Text]:
        """On which of the last seven days something was reviewed, and for how many days in a row."""
        home, streak = self.home, f"streak {many(self.home.streak, 'day')}"
        if size.plain or not any(home.week):
            return [Text(), styled(streak)] if home.streak else []
        days = ("MTWTFSS" * 2)[home.today.weekday() + 1 :][:7]
        line, marks = styled(f" {' '.join(days)}   ", "quiet"), " ".join("·▪"[done] for done in home.week)
        return [line.append(marks, "accent").append(f"   {streak}"), Text()]


def boxes(parts: dict[str, list[Text]], size: Size) -> list[Text]:
    """Titled boxes side by side where they have room, else one below the other; in the plain form only their lines."""
    drawn: list[list[Text]] = []
    wide, tall = (size.width + 1) // len(parts) - 1, max(map(len, parts.values()))
    if size.plain or size.width < 30 * len(parts) - 14:
        for title, lines in parts.items():
            shown = [styled("  ") + line for line in lines if line.plain.strip()]
            drawn.append([*[Text()] * (bool(drawn) and not size.compact), styled(title, "title"), *shown])
        return [line for box in drawn for line in box]
    for title, lines in parts.items():
        top = styled("┌ ", "rule").append(title, "title")
        box = [top.append(f" {'─' * max(wide - 4 - cell_len(title), 0)}┐", "rule")]
        for line in [*lines, *[Text()] * (tall - len(lines))]:
            box.append(styled("│ ", "rule") + fit(line, wide - 4) + styled(" │", "rule"))
        drawn.append([*box, styled(f"└{'─' * (wide - 2)}┘", "rule")])
    return [styled(" ").join(row) for row in zip(*drawn, strict=True)]


def table(groups: Sequence[Group], size: Size, *, brief: bool = False) -> list[Text]:
    """How far each deck or area is; recall is that of the cards begun. `brief`: as on home, for decks."""
    mature = not brief and size.width >= NARROW
    indent, spare, longest = (1, 4, 40) if brief else (2, 1, 30)
    if not groups:
        return []
    names = min(max(len(group.title) for group in groups), max(size.width - 26 - 8 * mature, 10))
    head = fit("Deck" if brief else "", names).plain
    titles = f"{head}  {'cards':>6}{'begun':>7}{'  mature' * mature}{'recall':>8}"
    lines = [styled(f"{' ' * indent}{titles}", "quiet")]
    for group in groups:
        at, line = group.progress, styled(" " * indent) + fit(clean_line(group.title), names)
        recall = "–" if at.recall is None else percent(at.recall)
        line.append(f"  {at.cards:>6}{at.begun:>7}{f'{at.mature:>8}' * mature}{recall:>8}  ")
        room = min(size.width - line.cell_len - spare, longest)
        lines.append(line + bar(at.begun / max(at.cards, 1), room) if room >= 6 else line)
    return lines


# Statistics


def statistics_page(summary: Sequence[str], charts: Mapping[str, Layout]) -> Page:
    """What is most important in sentences, and charts by their titles; an empty one is left out."""

    def lines(size: Size) -> list[Text]:
        body = [line for title, chart in charts.items() for line in section(title, chart(size))]
        return [Text(), *said(summary, size.width - 2), *body]

    page = Page("Statistics", lines, [("PgDn", "more"), ("q", "back")])
    page.widest = WIDEST
    return page


def heatmap(days: Sequence[int], months: Sequence[tuple[int, str]], size: Size) -> list[Text]:
    """Reviews on each day of twelve weeks, from a Monday on: a column for each week, or in lines its sum.

    `months` says in which of the weeks a month begins, and its name.
    """
    most = max(days, default=0)
    if size.plain or not most:
        sums = [sum(days[n : n + 7]) for n in range(0, len(days), 7)]
        return [styled(f"  {', '.join(map(str, sums))} reviews, week by week")] * bool(most)
    head = [" "] * (WEEKS * 2 + 2)
    for week, name in months:
        head[week * 2 : week * 2 + 3] = name
    lines = [styled(f"        {''.join(head).rstrip()}", "quiet")]
    for weekday, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        lines.append(styled(f"  {name:<5} ", "quiet"))
        for count in days[weekday::7]:
            level = -(-count * 4 // most)
            lines[-1].append(f"{HEAT[level]} ", f"heat.{level}")
    legend = styled("        less ", "quiet")
    for level, mark in enumerate(HEAT):
        legend.append(f"{mark} ", f"heat.{level}")
    if size.width < NARROW:
        return [*lines, legend.append("more", "quiet"), styled(f"        up to {most} a day", "quiet")]
    return [*lines, legend.append(f"more (up to {most} a day)", "quiet")]


def retention(weeks: Sequence[tuple[int, int]], size: Size) -> list[Text]:
    """For each week, this one last: cards that were known, of those asked."""
    lines: list[Text] = []
    for n, (known, asked) in enumerate(weeks, 1):
        if asked:
            ago = len(weeks) - n
            name = {0: "this week", 1: "last week"}.get(ago, f"{ago} weeks ago")
            lead = styled(f"  {name:<12} ", "quiet").append(f"{percent(known / asked):>5}  ")
            lead.append(f"{known} of {asked}".ljust(12), "quiet")
            lines.append(lead + bar(known / asked, min(size.width - 35, 40), "good"))
    return lines


def coming(days: Sequence[int], size: Size) -> list[Text]:
    """Cards that fall due on each coming day, today first."""
    if size.plain or not any(days):
        following = ", ".join(map(str, days[1:8]))
        return [styled(f"  today {days[0]}, then {following}")] if any(days) else []
    shown, most = days[: max(min(size.width - 12, 60) // 2, 7)], max(days)
    line = styled("  ").append(" ".join(blocks(shown, most)), "accent").append(f"  up to {most}", "quiet")
    last = f"in {len(shown) - 1} days"
    return [line, styled(f"  today{last.rjust(max(len(shown) * 2 - 6, 0))}", "quiet")]


def maturity(phases: Mapping[str, int], size: Size) -> list[Text]:
    """How many cards are new, in learning, young, mature."""
    total, room, lines = max(sum(phases.values()), 1), min(size.width - 22, 50), list[Text]()
    for name, count in phases.items():
        lead = styled(f"  {name:<9}", "quiet").append(f"{count:>6}  ")
        lines.append(lead + bar(count / total, room, "bar.mature"))
    return lines


def mocks(rows: Sequence[tuple[str, int, str, str]], pass_mark: int, size: Size) -> list[Text]:
    """The last mock exams: date, score against the pass mark, verdict, and what was forecast, if anything."""
    lines, room = [], min(size.width - 42, 40)
    for day, score, verdict, forecast in rows[-10:]:
        line = styled(f"  {day:<11} ", "quiet").append(f"{score:>4}  ")
        if room >= 10 and not size.plain:
            line.append_text(bar(score / 1000, room, "good" if score >= pass_mark else "again"))
        lines.append(line.append(f"  {verdict}", "quiet"))
        lines += [styled(f"  {'':<11}       {forecast}", "quiet")] * bool(forecast)
    return lines
