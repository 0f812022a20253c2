"""Clocks: how long each step may take, and what a file that says nothing gets."""

import copy
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

STEPS = ("approval", "designation", "acceptance", "establishment", "filing", "opinion", "instruction", "answer")


@dataclass(frozen=True)
class Clock:
    """Working days for one step. `ladder` names who is reminded when; `lapse_days` is None for what never lapses."""

    step: str
    days: int
    ladder: str
    lapse_days: int | None
    article: str | None
    interpreted_as: dict[str, str] | None


@functools.cache
def default_clocks() -> dict[str, dict[str, Any]]:
    """The numbers of DESIGN.md section 4, as shipped beside this file."""
    shipped = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    empty = {"lapse_days": "never", "article": None, "written": None}
    return {step: {**empty, "ladder": step, **shipped[step]} for step in STEPS}


def with_default_clocks(data: dict[str, Any]) -> dict[str, Any]:
    """The data with every step's clock: the file's own where it has one; the ladder is named after the step."""
    given = data.get("clocks") or {}
    clocks = {step: copy.deepcopy(given.get(step) or default_clocks()[step]) for step in STEPS}
    for step, clock in clocks.items():
        clock["ladder"] = clock["ladder"] or step
    return {**data, "clocks": clocks}


def clocks_of(data: dict[str, Any]) -> dict[str, Clock]:
    """The clocks of a stored version, by step."""
    clocks = with_default_clocks(data)["clocks"]
    return {
        step: Clock(
            step=step,
            days=clock["days"],
            ladder=clock["ladder"],
            lapse_days=None if clock["lapse_days"] in (None, "never") else clock["lapse_days"],
            article=clock.get("article"),
            interpreted_as=clock.get("interpreted_as"),
        )
        for step, clock in clocks.items()
    }
