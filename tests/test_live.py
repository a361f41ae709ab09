"""Readers' figures are worked out one after the other, and nobody waits for long."""
import threading

from ui import live


def reader(inside: threading.Event, leave: threading.Event) -> threading.Thread:
    def draw() -> None:
        with live.turn():
            inside.set()
            leave.wait(30)

    thread = threading.Thread(target=draw)
    thread.start()
    return thread


def both() -> tuple[list[threading.Event], list[threading.Event], list[threading.Thread]]:
    """Two readers, the second of whom comes while the first is being drawn for."""
    inside, leave = [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]
    threads = [reader(inside[0], leave[0])]
    assert inside[0].wait(30)
    threads.append(reader(inside[1], leave[1]))
    return inside, leave, threads


def test_one_reader_after_the_other(monkeypatch):
    monkeypatch.setattr(live, "LONGEST", 30)
    inside, leave, threads = both()
    assert not inside[1].wait(0.2)
    leave[0].set()
    assert inside[1].wait(30)
    leave[1].set()
    for thread in threads:
        thread.join()


def test_a_drawing_that_takes_long_holds_nobody_up():
    inside, leave, threads = both()
    assert inside[1].wait(30) and threads[0].is_alive()
    for event, thread in zip(leave, threads, strict=True):
        event.set()
        thread.join()
    with live.turn():                                   # whoever did not wait to the end gives back nothing that was not theirs
        assert live._turn.locked()
    assert not live._turn.locked()


def test_what_goes_wrong_ends_the_turn():
    try:
        with live.turn():
            raise ValueError
    except ValueError:
        pass
    assert not live._turn.locked()
