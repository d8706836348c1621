"""Work that is shared out gives what it would have given here."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.decks import workers
from dp100cards.decks.build import draw
from dp100cards.decks.collection import Collection
from dp100cards.decks.workers import AT_A_TIME, MANY, processors, share, spread

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only there is a process copied")


@given(st.integers(0, 5 * AT_A_TIME), st.integers(1, 6))
def test_each_thing_goes_to_one_process(things: int, processes: int) -> None:
    dealt = [place for n in range(processes) for place in share(things, n, processes)]
    assert sorted(dealt) == list(range(things))


@settings(max_examples=10, deadline=None)
@given(things=st.lists(st.text(), max_size=3 * MANY), processes=st.integers(1, 4))
def test_the_results_come_in_the_order_of_the_things(things: list[str], processes: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "processors", lambda: processes)
        assert spread(lambda some: [thing * 2 for thing in some], things) == [thing * 2 for thing in things]


@ON_LINUX
def test_much_work_is_done_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 3)
    assert len(set(spread(lambda some: [os.getpid() for _ in some], range(10 * MANY)))) == 3
    assert set(spread(lambda some: [os.getpid() for _ in some], range(MANY - 1))) == {os.getpid()}


@ON_LINUX
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_what_a_killed_copy_leaves_undone_is_done_here(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], end: signal.Signals
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    here = os.getpid()

    def work(some: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), end)
            time.sleep(10)
        return [thing + 1 for thing in some]

    assert spread(work, range(MANY)) == list(range(1, MANY + 1))
    assert capfd.readouterr().err == ""


@ON_LINUX
def test_where_no_process_can_be_had_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from multiprocessing import get_context

    def none_left(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr(get_context("fork").Process, "start", none_left)
    assert spread(lambda some: [thing + 1 for thing in some], range(MANY)) == list(range(1, MANY + 1))


@ON_LINUX
def test_a_mistake_in_a_copys_share_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)

    def work(some: Sequence[int]) -> list[float]:
        return [1 / (thing - AT_A_TIME) for thing in some]

    with pytest.raises(ZeroDivisionError):
        spread(work, range(MANY))


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
        for n in range(2 * MANY)
    )
    results = []
    for count in (1, 2, 3):
        monkeypatch.setattr(workers, "processors", lambda count=count: count)
        drawn = draw(Collection(tmp_path), {"rivers.md": told})
        results.append((drawn.extraction.facts, drawn.extraction.units, drawn.drafts))
    assert results[0] == results[1] == results[2]
    assert len(results[0][2]) > MANY
