"""How vectors came to be where they are: a bounded number of snapshots of a run of any length.

Snapshots lie on a grid of steps, at first every step. Where they become too many, every second one is dropped and
the grid gets twice as wide; so the same run leaves the same snapshots, whatever the clock did. They hold directions
alone (vectors at length 1) as 16-bit fixed-point numbers, good to 4 digits, of as many words as there is memory
for; half-precision floats would be coarser, and ten times as slow to make. Questions to ask of them are in `motion`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .space import Vectors, normalized

MOST_FRAMES = 60  # even
MOST_BYTES = 64 << 20
ONE = np.iinfo(np.int16).max  # stands for 1


@dataclass(frozen=True, eq=False)
class Frame:
    """Vectors at one moment.

    Attributes
    ----------
    step, pairs : int
        Done by then.
    fixed : (n, d) int16 array
        Vectors of the timeline's words at length 1, in units of 1 / 32767, read-only.
    """

    step: int
    pairs: int
    fixed: npt.NDArray[np.int16]

    def __post_init__(self) -> None:
        self.fixed.setflags(write=False)

    @property
    def unit(self) -> Vectors:
        """The (n, d) vectors of the timeline's words at length 1; a new array each time."""
        return self.fixed * np.float32(1 / ONE)


class Timeline:
    """The snapshots of one run.

    Parameters
    ----------
    vocabulary_size, dim : int
    wanted : iterable of int, optional
        Ids of words to keep in any case; the most frequent ones come with them, as far as memory goes.

    Attributes
    ----------
    ids : (n,) int array
        The words that are kept, ascending, read-only.
    frames : tuple of Frame
        Oldest first; replaced as a whole, so that another thread may read it at any time.
    interval : int
        Steps from one place of the grid to the next.
    """

    def __init__(self, vocabulary_size: int, dim: int, wanted: Iterable[int] = ()) -> None:
        room = max(2, MOST_BYTES // ((MOST_FRAMES + 1) * dim * np.dtype(np.int16).itemsize))
        first = dict.fromkeys([*sorted(set(wanted)), *range(min(room, vocabulary_size))])
        self.ids: npt.NDArray[np.int64] = np.array(sorted(list(first)[:room]), dtype=np.int64)
        self.ids.setflags(write=False)
        self.frames: tuple[Frame, ...] = ()
        self._on_grid: list[Frame] = []
        self.interval = 1

    def offer(self, step: int, pairs: int, vectors: Vectors) -> None:
        """Keep a snapshot of (V, d) vectors if this step is on the grid; to be called after every step."""
        if step % self.interval:
            return
        self._forget_from(step)
        if len(self._on_grid) >= MOST_FRAMES:
            self.interval *= 2
            self._on_grid = [frame for frame in self._on_grid if frame.step % self.interval == 0]
        if step % self.interval == 0:
            self._on_grid.append(self._frame(step, pairs, vectors))
        self.frames = tuple(self._on_grid)

    def show(self, step: int, pairs: int, vectors: Vectors) -> None:
        """Let `frames` end with this moment, wherever the grid is, until a later one is kept."""
        self._forget_from(step + 1)
        if not self._on_grid or self._on_grid[-1].step < step:
            self.frames = (*self._on_grid, self._frame(step, pairs, vectors))

    def restore(self, frames: Iterable[Frame], interval: int) -> None:
        """Take over the snapshots of a saved run; ValueError where they cannot be those of a timeline."""
        frames = tuple(frames)
        if not isinstance(interval, int) or interval < 1:
            raise ValueError("no interval")
        steps = [frame.step for frame in frames]
        on_grid = [frame for frame in frames if frame.step % interval == 0]
        if steps != sorted({*steps}) or on_grid[: len(frames) - 1] != [*frames[:-1]]:
            raise ValueError("snapshots off the grid")
        if len(on_grid) > MOST_FRAMES or any(len(frame.fixed) != len(self.ids) for frame in frames):
            raise ValueError("more snapshots, or others, than a timeline keeps")
        self.interval, self.frames, self._on_grid = interval, frames, on_grid

    def _forget_from(self, step: int) -> None:
        """Drop what a step that was taken back had left."""
        self._on_grid = [frame for frame in self._on_grid if frame.step < step]
        self.frames = tuple(self._on_grid)

    def _frame(self, step: int, pairs: int, vectors: Vectors) -> Frame:
        unit = normalized(vectors[self.ids])
        unit *= ONE
        return Frame(step, pairs, np.rint(unit, out=unit).astype(np.int16))
