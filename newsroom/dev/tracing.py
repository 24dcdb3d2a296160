"""Traces which functions of the project run, and in which order."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from types import CodeType, FrameType

Function = tuple[str, str]
BODY = "<module>"
INNER = re.compile(r"\.<locals>\.<.*|<(?:lambda|\w+comp|genexpr)>.*")


@dataclass
class Trace:
    """The functions of a project that were called, each with its caller.

    `is_ours` tells by its file whether code is the project's. The body of a module that is loaded
    is entered too, but is no function; nor is that of a class. A comprehension, a generator
    expression or a lambda is part of what holds it: it is not entered, and what it calls is
    called by its holder.
    """

    is_ours: Callable[[str], bool]
    calls: list[tuple[Function | None, Function]] = field(default_factory=list)

    def __call__(self, frame: FrameType, event: str, argument) -> None:
        """Record a call; set as the profiler of the thread."""
        if event == "call" and self.is_entered(frame.f_code):
            self.calls.append((self.caller(frame), function(frame.f_code)))

    def is_entered(self, code: CodeType) -> bool:
        """Tell whether code is the body of a module or a named function of the project."""
        if code.co_name == BODY:
            return self.is_ours(code.co_filename)
        return code.co_name[0] != "<" and self.is_function(code)

    def is_function(self, code: CodeType) -> bool:
        """Tell whether code is a function of the project."""
        return bool(code.co_flags & inspect.CO_OPTIMIZED) and self.is_ours(code.co_filename)

    def caller(self, frame: FrameType) -> Function | None:
        """Return the nearest function of the project that led to a frame."""
        below = frame.f_back
        while below is not None:
            if self.is_function(below.f_code):
                return function(below.f_code)
            below = below.f_back
        return None

    def measures(self) -> dict[str, int]:
        """Count what ran: see the docstring of `newsroom.dev.shape`."""
        files = [callee[0] for _, callee in self.calls]
        between = [call for call in self.calls if call[1][1] != BODY]
        crossing = [(one, other) for one, other in between if one and one[0] != other[0]]
        return {
            "modules": len(set(files)),
            "functions": len({callee for _, callee in between}),
            "switches": sum(one != other for one, other in pairwise(files)),
            "crossing calls": len(crossing),
            "crossing pairs": len(set(crossing)),
        }


@cache
def function(code: CodeType) -> Function:
    """Return the file and the full name of the function that code is, or is part of."""
    return code.co_filename, INNER.sub("", code.co_qualname)


@contextmanager
def traced(is_ours: Callable[[str], bool]) -> Iterator[Trace]:
    """Record every call of the project's functions in this thread."""
    trace = Trace(cache(is_ours))
    sys.setprofile(trace)
    try:
        yield trace
    finally:
        sys.setprofile(None)
