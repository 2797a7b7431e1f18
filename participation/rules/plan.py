"""A plan that the machine would make for the grid: only ever a suggestion, and always the same for the same facts.

First every topic, the most wanted one first, takes the cell that costs least; then topics are moved and swapped
as long as that makes the whole plan better. What a cell costs: people who would want two groups at once, then
places that stay empty, then how late it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .grid import Cell, Place, Time, Wish, hindrance

ROUNDS: Final = 4
"""So often the whole plan is gone through for something better."""

Pairs = Mapping[tuple[int, int], int]
Cost = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic, its cell, and why: so many expected, so many places, so many who want something else just then."""

    topic: int
    room: int
    slot: int
    expected: int
    seats: int | None
    clashes: int

    @property
    def cell(self) -> Cell:
        return self.room, self.slot


def suggest_plan(
    *, wishes: Sequence[Wish], rooms: Sequence[Place], slots: Sequence[Time], taken: Mapping[Cell, Wish], pairs: Pairs
) -> list[Suggestion]:
    """Cells for as many topics as fit beside those that are `taken`; in the order of time, then of rooms."""
    plan = _Plan(rooms, slots, pairs, dict(taken))
    for wish in sorted(wishes, key=lambda wish: (-wish.expected, wish.number)):
        plan.put(wish)
    for _round in range(ROUNDS):
        if not plan.improve():
            break
    return plan.told()


@dataclass
class _Plan:
    rooms: Sequence[Place]
    slots: Sequence[Time]
    pairs: Pairs
    filled: dict[Cell, Wish]
    """Every cell with somebody in it, also those that are not ours to move."""
    ours: dict[int, Cell] = field(default_factory=dict)
    """Topics that we put into the grid, and where."""

    def __post_init__(self) -> None:
        self.room = {room.number: room for room in self.rooms}
        times = sorted(self.slots, key=lambda slot: (slot.starts_at, slot.number))
        self.turn = {slot.number: turn for turn, slot in enumerate(times)}
        self.cells = [(room.number, slot.number) for slot in times for room in self.rooms]

    def put(self, wish: Wish) -> None:
        """The cheapest free cell, if there is one."""
        free = [cell for cell in self.cells if cell not in self.filled and self.fits(wish, cell)]
        if free:
            cell = min(free, key=lambda cell: (self.cost(wish, cell), cell))
            self.filled[cell] = wish
            self.ours[wish.number] = cell

    def improve(self) -> bool:
        """Move or swap whatever makes the plan better; whether anything did."""
        better = False
        for number in sorted(self.ours):
            for cell in self.cells:
                better |= self.exchange(self.ours[number], cell)
        return better

    def exchange(self, here: Cell, there: Cell) -> bool:
        """Move what is in one cell of ours to another, and what is there back, if that costs less."""
        mine, other = self.filled[here], self.filled.get(there)
        if here == there or (other is not None and other.number not in self.ours):
            return False
        before = self.cost_of(here, there)
        self._set(here, other)
        self._set(there, mine)
        fine = self.fits(mine, there) and (other is None or self.fits(other, here))
        if fine and self.cost_of(here, there) < before:
            return True
        self._set(here, mine)
        self._set(there, other)
        return False

    def _set(self, cell: Cell, wish: Wish | None) -> None:
        if wish is None:
            del self.filled[cell]
        else:
            self.filled[cell] = wish
            self.ours[wish.number] = cell

    def fits(self, wish: Wish, cell: Cell) -> bool:
        """Nothing hinders it, and its convener is not in another room just then."""
        busy = wish.convener is not None and any(
            other.convener == wish.convener for other in self.beside(wish, cell[1])
        )
        return not busy and not hindrance(wish, self.room[cell[0]], self.rooms)

    def beside(self, wish: Wish, slot: int) -> list[Wish]:
        """What else is in that slot."""
        together = (self.filled.get((room.number, slot)) for room in self.rooms)
        return [other for other in together if other is not None and other.number != wish.number]

    def clashes(self, wish: Wish, slot: int) -> int:
        """How often somebody wants this and something else in that slot."""
        others = (sorted((wish.number, other.number)) for other in self.beside(wish, slot))
        return sum(self.pairs.get((first, second), 0) for first, second in others)

    def cost(self, wish: Wish, cell: Cell) -> Cost:
        room = self.room[cell[0]]
        empty = 10**6 if room.capacity is None else abs(room.capacity - wish.expected)
        return (self.clashes(wish, cell[1]), empty, self.turn[cell[1]])

    def cost_of(self, *cells: Cell) -> Cost:
        """What these cells cost together; between two of the same slot a clash counts on both sides."""
        costs = [self.cost(self.filled[cell], cell) for cell in cells if cell in self.filled]
        return tuple(sum(parts) for parts in zip(*costs, strict=True))

    def told(self) -> list[Suggestion]:
        made = []
        for number, cell in self.ours.items():
            wish, room = self.filled[cell], self.room[cell[0]]
            clashes = self.clashes(wish, cell[1])
            made.append(Suggestion(number, *cell, wish.expected, room.capacity, clashes))
        return sorted(made, key=lambda one: self.cells.index(one.cell))
