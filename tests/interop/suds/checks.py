"""Counting checks. The first check that fails ends the run with one sentence
that tells what was expected and what was seen."""


class CheckFailed(Exception):
    """Its text is the sentence for the reader."""


class Checks:
    def __init__(self, label):
        self.label = label
        self.passed = 0

    def equal(self, what, expected, seen):
        """`seen` has to be `expected`."""
        self._judge(seen == expected, what, repr(expected), seen)

    def holds(self, what, wanted, condition, seen):
        """`condition` has to be true; `wanted` says in words what it asks for."""
        self._judge(condition, what, wanted, seen)

    def _judge(self, good, what, wanted, seen):
        if not good:
            raise CheckFailed(f"{self.label}: {what}: expected {wanted}, saw {seen!r}.")
        self.passed += 1
