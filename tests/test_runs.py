"""Live runs: they report, pause, step, stop and wait for a core; nobody's run outlives its reader, and no process its run."""
import io
import sys
import time

import pytest
import torch

from engine import EngineError, TextError
from engine.live import pipe
from ui import runs
from ui.runs import DONE, FAILED, PAUSED, RUNNING, STOPPED, WAITING, Desk

LONG = {"to": 10_000}


def until(true, seconds: float = 30.0) -> bool:
    """Whether something comes to be true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


@pytest.fixture
def desk():
    made = Desk(1, (sys.executable, "-m", "tests.counting"))
    yield made
    for run in list(made._runs):
        made.end(run)
        assert run.process is None or until(lambda run=run: run.process.poll() is not None), "a process is left behind"


def counting(desk: Desk, order: dict, owner: str = "ana", tensors=None):
    run = desk.start(owner, "count", order, tensors or {})
    run_of = {"pause": desk.pause, "go": desk.go, "stop": desk.end}
    return run, {name: lambda run=run, act=act: act(run) for name, act in run_of.items()}


def test_a_message_goes_through_the_pipe_whole():
    stream = io.BytesIO()
    pipe.write(stream, {"loss": 8.25, "text": "ñ 🙂"}, {"w": torch.arange(6.0).view(2, 3)})
    pipe.write(stream, {"step": 2})
    stream.seek(0)
    said, tensors = pipe.read(stream)
    assert said == {"loss": 8.25, "text": "ñ 🙂"} and tensors["w"].equal(torch.arange(6.0).view(2, 3))
    assert pipe.read(stream) == ({"step": 2}, {}) and pipe.read(stream) is None


@pytest.mark.parametrize("kept", (0, 3, 20, 60))
def test_a_message_cut_off_is_no_message(kept):
    stream = io.BytesIO()
    pipe.write(stream, {"loss": 8.25, "more": "x" * 20}, {"w": torch.zeros(4)})
    assert pipe.read(io.BytesIO(stream.getvalue()[:kept])) is None


def test_a_run_reports_each_step_and_ends(desk):
    run, _ = counting(desk, {"to": 5}, tensors={"w": torch.zeros(2)})
    assert until(lambda: run.ended)
    assert (run.state, run.log, run.latest) == (DONE, [{"n": n} for n in range(1, 6)], {"n": 5})
    assert run.tensors["w"].tolist() == [1, 1]


def test_what_the_reader_brought_wrong_comes_back_as_the_engine_says_it(desk):
    run, _ = counting(desk, {"to": 5, "fail": 3})
    assert until(lambda: run.ended) and run.state == FAILED and len(run.log) == 2
    assert isinstance(run.error, TextError) and (run.error.code, run.error.details) == ("text_short", {"file": "x.txt", "context": 3})


def test_a_run_that_dies_says_so(desk, capfd):
    run, _ = counting(desk, {"to": 5, "die": 2})
    assert until(lambda: run.ended) and run.state == FAILED and run.error.code == "run_died" and type(run.error) is EngineError
    assert "a fault of ours" in capfd.readouterr().err


def test_pause_holds_it_and_step_makes_just_so_many(desk):
    run, act = counting(desk, LONG)
    assert until(lambda: len(run.log) > 2)
    act["pause"]()
    assert run.state == PAUSED
    time.sleep(0.5)
    held = len(run.log)
    time.sleep(0.5)
    assert len(run.log) == held
    desk.step(run, 3)
    assert until(lambda: len(run.log) == held + 3)
    time.sleep(0.3)
    assert len(run.log) == held + 3 and run.state == PAUSED
    act["go"]()
    assert run.state == RUNNING and until(lambda: len(run.log) > held + 5)


def test_a_run_can_begin_with_a_single_step(desk):
    first, _ = counting(desk, LONG)
    second, _ = counting(desk, LONG, "eva")
    desk.step(second, 1)
    assert until(lambda: len(second.log) == 1) and second.state == PAUSED and first.state == RUNNING
    time.sleep(0.3)
    assert len(second.log) == 1


def test_stop_ends_the_process_within_a_second(desk):
    run, act = counting(desk, LONG | {"pause": 5})
    assert until(lambda: run.process is not None)
    act["stop"]()
    assert run.state == STOPPED and until(lambda: run.process.poll() is not None, 1.0)


def test_readers_wait_for_a_core_in_turn_and_are_told(desk):
    first, act = counting(desk, LONG)
    second, _ = counting(desk, {"to": 3}, "eva")
    third, _ = counting(desk, {"to": 3}, "luz")
    assert [run.state for run in (first, second, third)] == [RUNNING, WAITING, WAITING]
    assert [desk.ahead(run) for run in (first, second, third)] == [0, 1, 2]
    act["pause"]()
    assert second.state == RUNNING and desk.ahead(third) == 1
    act["go"]()
    assert first.state == WAITING and desk.ahead(first) == 2
    assert until(lambda: second.state == third.state == DONE) and until(lambda: first.state == RUNNING)


def test_a_second_run_of_the_same_kind_ends_the_first(desk):
    first, _ = counting(desk, LONG)
    second, _ = counting(desk, {"to": 2})
    assert first.state == STOPPED and desk.of("ana", "count") is second and until(lambda: second.state == DONE)


def test_a_reader_who_left_is_given_grace_and_no_more(desk, monkeypatch):
    here = {"ana"}
    monkeypatch.setattr(runs, "_present", lambda owner: owner in here)
    monkeypatch.setattr(runs, "GRACE", 2.0)
    monkeypatch.setattr(runs, "FORGET", 4.0)
    run, _ = counting(desk, LONG)
    assert until(lambda: len(run.log) > 2)
    here.clear()
    time.sleep(1.0)
    here.add("ana")                                 # only the network: back in time
    time.sleep(1.5)
    assert run.state == RUNNING
    here.clear()
    assert until(lambda: run.state == STOPPED, 10) and until(lambda: desk.of("ana", "count") is None, 10)
    assert until(lambda: run.process.poll() is not None, 2.0)


def test_no_more_runs_are_open_than_the_machine_holds(desk, monkeypatch):
    monkeypatch.setattr(runs, "ALIVE", 2)
    opened = [counting(desk, LONG, owner)[0] for owner in ("ana", "ben", "eva")]
    desk.pause(opened[0])                           # its core goes to the second, its process stays
    assert until(lambda: opened[1].state == RUNNING)
    desk.pause(opened[1])
    assert opened[2].state == WAITING and opened[2].process is None
    with pytest.raises(EngineError) as fault:
        desk.step(opened[2], 1)
    assert fault.value.code == "runs_full" and opened[2].state == STOPPED
    last, _ = counting(desk, LONG, "leo")
    desk.end(opened[0])
    assert until(lambda: last.state == RUNNING)
