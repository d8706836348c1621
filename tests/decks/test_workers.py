"""Work that is shared out gives what it would have given here."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.decks import workers
from dp100cards.decks.build import draw
from dp100cards.decks.collection import Collection
from dp100cards.decks.workers import MANY, MOST_SHARES, processors, spread
from dp100cards.first.notes.extract import MANY_NOTES, SHARED, extract
from dp100cards.first.notes.spread import AT_A_TIME, Result, Thing

ENOUGH = MANY * AT_A_TIME

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only there is a process copied")


@settings(max_examples=10, deadline=None)
@given(things=st.lists(st.text(), max_size=3 * ENOUGH), processes=st.integers(1, 4))
def test_the_results_come_in_the_order_of_the_things(things: list[str], processes: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "processors", lambda: processes)
        assert [*spread(lambda some: [thing * 2 for thing in some], things)] == [
            thing * 2 for thing in things
        ]


@ON_LINUX
@pytest.mark.parametrize("at_a_time", [1, AT_A_TIME])
def test_much_work_is_done_by_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 3)

    def work(some: Sequence[int]) -> list[int]:
        (tmp_path / str(os.getpid())).touch()
        waits_for(lambda: len(list(tmp_path.iterdir())) == 3)
        return [os.getpid() for _ in some]

    assert len(set(spread(work, range(MANY * at_a_time), at_a_time))) == 3


@ON_LINUX
def test_meanwhile_this_process_does_what_it_must_do_anyhow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    done: list[int] = []

    def work(some: Sequence[int]) -> list[int]:
        (tmp_path / str(os.getpid())).touch()
        return list(some)

    def meanwhile() -> None:
        waits_for(lambda: len(list(tmp_path.iterdir())) == 1)
        done.append(os.getpid())

    assert [*spread(work, range(10), 1, meanwhile)] == list(range(10))
    assert done == [os.getpid()]


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 3)
    assert set(spread(lambda some: [os.getpid() for _ in some], range(ENOUGH - AT_A_TIME))) == {os.getpid()}


@ON_LINUX
def test_who_is_done_takes_the_next_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    here = os.getpid()

    def work(some: Sequence[int]) -> list[bool]:
        if os.getpid() == here:
            waits_for(lambda: len(list(tmp_path.iterdir())) == 19)
        else:
            (tmp_path / str(some[0])).touch()
        return [os.getpid() == here for _ in some]

    assert sum(spread(work, range(20), 1)) <= 1


@ON_LINUX
def test_the_first_results_are_there_before_the_last_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    here, go = os.getpid(), tmp_path / "go"

    def work(some: Sequence[int]) -> list[int]:
        if os.getpid() != here and some[0]:
            waits_for(go.exists)
        return list(some)

    results = spread(work, range(20), 1)
    assert next(results) == 0
    go.touch()
    assert [*results] == list(range(1, 20))


@ON_LINUX
def test_who_wants_no_more_results_is_not_kept_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)

    def work(some: Sequence[int]) -> list[str]:
        (tmp_path / str(some[0])).touch()
        return ["long" * 100_000]  # more than a pipe holds

    results = spread(work, range(2000), 1)
    next(results)
    results.close()
    assert len(list(tmp_path.iterdir())) < 2000


def waits_for(event: Callable[[], bool]) -> None:
    """Wait until something has happened in another process."""
    for _ in range(10_000):
        if event():
            return
        time.sleep(0.001)
    raise TimeoutError


@ON_LINUX
def test_more_shares_than_a_pipe_holds_are_made_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    calls: list[int] = []

    def work(some: Sequence[int]) -> list[int]:
        calls.append(len(some))
        return [-thing for thing in some]

    many = 5 * MOST_SHARES + 3
    assert [*spread(work, range(many), 1)] == [-thing for thing in range(many)]
    assert set(calls) <= {6, many % 6}


@ON_LINUX
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_what_a_killed_copy_leaves_undone_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], end: signal.Signals
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    here = os.getpid()

    def copy_is_dead() -> bool:
        return any(Path(f"/proc/{pid.name}/stat").read_text().split()[2] == "Z" for pid in tmp_path.iterdir())

    def work(some: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            (tmp_path / str(os.getpid())).touch()
            os.kill(os.getpid(), end)
            time.sleep(10)
        waits_for(copy_is_dead)
        return [thing + 1 for thing in some]

    assert [*spread(work, range(ENOUGH))] == list(range(1, ENOUGH + 1))
    assert capfd.readouterr().err == ""


@ON_LINUX
def test_where_no_process_can_be_had_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from multiprocessing import get_context

    def none_left(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr(get_context("fork").Process, "start", none_left)
    assert [*spread(lambda some: [thing + 1 for thing in some], range(ENOUGH))] == list(range(1, ENOUGH + 1))


@ON_LINUX
def test_a_mistake_in_a_copys_share_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)

    def work(some: Sequence[int]) -> list[float]:
        return [1 / (thing - AT_A_TIME) for thing in some]

    with pytest.raises(ZeroDivisionError):
        list(spread(work, range(ENOUGH)))


def test_there_is_a_processor() -> None:
    assert processors() >= 1


@ON_LINUX
def test_notes_give_the_same_cards_however_many_processes_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "\n".join(
        f"## What is river {n}\n\nA stream of {n} km that rises in county {n % 7}. It carries salt.\n\n"
        f"It has two arms:\n\n- A shallow arm {n}\n- A deep arm\n\n> Note: river {n} may freeze.\n\n"
        "The capital of that country is Lima.\n"
        for n in range(2 * ENOUGH)
    )
    results = []
    for count in (1, 2, 3):
        monkeypatch.setattr(workers, "processors", lambda count=count: count)
        drawn = draw(Collection(tmp_path), {"rivers.md": told})
        results.append((drawn.extraction.facts, drawn.extraction.units, drawn.drafts))
    assert results[0] == results[1] == results[2]
    assert len(results[0][2]) > ENOUGH


@ON_LINUX
@pytest.mark.parametrize("longest", [1, 60], ids=["notes of a length", "one long note"])
def test_many_notes_give_the_same_facts_however_they_are_shared_out(
    monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    def told(n: int) -> str:
        line = f"A stream of {n} km that rises in county {n % 7}. It carries salt and silt to the sea."
        return f"---\ndeck: rivers\n---\n\n# Rivers\n\n## What is river {n}\n\n{line}\n" + line * (n == 0)

    notes = {f"{n:02}.md": told(n) * (longest if n == 0 else 1) * 20 for n in range(2 * MANY_NOTES)}
    assert sum(map(len, notes.values())) > SHARED
    alone = extract(notes)
    monkeypatch.setattr(workers, "processors", lambda: 3)
    sizes = []

    def spying(
        work: Callable[[Sequence[Thing]], list[Result]],
        things: Sequence[Thing],
        /,
        at_a_time: int = AT_A_TIME,
    ) -> Iterable[Result]:
        sizes.append(at_a_time)
        return spread(work, things, at_a_time)

    shared = extract(notes, spying)
    assert sizes == [1 if longest == 1 else AT_A_TIME]
    assert (shared.facts, shared.units, shared.typos) == (alone.facts, alone.units, alone.typos)
    assert len({fact.source.note for fact in shared.facts}) == len(notes)
