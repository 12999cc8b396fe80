"""Tasks for a child process: one that answers, and many that misbehave."""

import os
import time
from pathlib import Path

from models.errors import WrongBuild


def add(a, b):
    return a + b


def niceness():
    return os.nice(0)


def raise_ours(sentence):
    raise WrongBuild(sentence, "line 7")


def raise_theirs():
    raise KeyError("secret-name")


def die(number):
    os.kill(os.getpid(), number)


def take_memory(size):
    return len(bytearray(size))


def take_cpu():
    while True:
        pass


def sleep(seconds):
    time.sleep(seconds)


def write(path, size):
    return Path(path).write_bytes(b"x" * size)


def open_files(count):
    return len([os.open("/dev/null", os.O_RDONLY) for _ in range(count)])


def print_and_answer():
    print("noise on stdout")  # noqa: T201
    return "clean"


def environment():
    return sorted(os.environ)


def write_pid_and_sleep(path):
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)
