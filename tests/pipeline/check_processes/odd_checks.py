"""What strangers' checks do, as functions that another process can import."""

import ctypes
import os
import re
import sys
import time

from sandbox.contracts.check import Check, Judgement, Subject, passed


def made(run, *, name: str = "odd", **fields) -> Check:
    """A check that does this."""
    words = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
    return Check(name=name, version="1", run=run, **words, **({"needs_artifact": False} | fields))


def say_process(subject: Subject) -> Judgement:
    """In which process it runs."""
    return passed(f"{os.getpid()}")


def say_main(subject: Subject) -> Judgement:
    """What the main module holds."""
    return passed(f"{' '.join(vars(sys.modules['__main__']))}.")


def say_environment(subject: Subject) -> Judgement:
    """The names of the variables."""
    return passed(" ".join(os.environ))


def wait(subject: Subject) -> Judgement:
    """A third of a second."""
    time.sleep(0.3)
    return passed("I waited.")


def hang(subject: Subject) -> Judgement:
    """For ever, as far as a test is concerned."""
    time.sleep(600)
    return passed("I am back.")


def backtrack(subject: Subject) -> Judgement:
    """Holds the interpreter for ever: no other thread of the process gets a turn."""
    re.search(r"^(\w+\s?)*$", "a" * 60 + "!")
    return passed("I am back.")


def exit_at_once(subject: Subject) -> Judgement:
    """Without a word."""
    os._exit(3)


def exit_politely(subject: Subject) -> Judgement:
    """As a script does."""
    sys.exit(0)


def crash(subject: Subject) -> Judgement:
    """In a library written in C."""
    ctypes.string_at(0)
    return passed("Nothing happened.")


def fail(subject: Subject) -> Judgement:
    """With a student's words."""
    raise ValueError(subject.text)


def grow(subject: Subject) -> Judgement:
    """Without end."""
    hoard = []
    while True:
        hoard.append(bytearray(2**24))


_hoard: list[bytearray] = []


def grow_each_time(subject: Subject) -> Judgement:
    """By 150 megabytes, and never gives them back."""
    _hoard.append(bytearray(150 * 2**20))
    return passed(f"{os.getpid()}")


def chat(subject: Subject) -> Judgement:
    """Prints where the protocol was, and reads what was not meant for it."""
    sys.stdout.write("noise")
    sys.stdout.flush()
    os.write(1, b"noise")
    return passed(f"I read {sys.stdin.read()!r} and {os.read(0, 10)!r}.")


def shout_at_pipes(subject: Subject) -> Judgement:
    """Writes noise into whatever is open."""
    for number in range(3, 30):
        try:
            os.write(number, b"\xff" * 64)
        except OSError:
            continue
    return passed("I wrote.")


def say_half_a_letter(subject: Subject) -> Judgement:
    """Words that UTF-8 cannot hold."""
    return passed("It says \ud800.")


def give_true(subject: Subject) -> Judgement:
    """No judgement."""
    return True  # type: ignore[return-value]  # that is the mistake
