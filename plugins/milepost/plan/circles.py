"""Circles in what waits for what: found, and cut so that the rest can still be scheduled."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TypeVar

N = TypeVar("N")


def order(nodes: Iterable[N], needs: Mapping[N, Iterable[N]]) -> tuple[list[N], set[N]]:
    """The nodes so that each stands after what it needs (Kahn), and those that no order exists for."""
    inside = list(nodes)
    open_needs = dict.fromkeys(inside, 0)
    waiting: dict[N, list[N]] = {node: [] for node in inside}
    for node in inside:
        for need in needs.get(node, ()):
            if need in open_needs:
                open_needs[node] += 1
                waiting[need].append(node)
    ready = deque(node for node in inside if not open_needs[node])
    ordered = []
    while ready:
        node = ready.popleft()
        ordered.append(node)
        for other in waiting[node]:
            open_needs[other] -= 1
            if not open_needs[other]:
                ready.append(other)
    return ordered, {node for node in inside if open_needs[node]}


def circles(needs: Mapping[N, Iterable[N]], cuttable: set[tuple[N, N]]) -> list[list[N]]:
    """Circles of `needs`, each as the nodes on the way round, until cutting one link of each leaves none.

    `cuttable` are the links an author wrote; the last one of each circle is the one to cut. Every circle starts at
    such a link: its first node is the one that waits, and the link from its last node back to the first closes it.
    """
    found = []
    left = {node: list(dict.fromkeys(others)) for node, others in needs.items()}
    _, tied = order(left, left)
    while tied:
        circle = _one(left, tied)
        links = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        last = max((i for i, link in enumerate(links) if link in cuttable), default=len(links) - 1)
        circle = circle[last + 1 :] + circle[: last + 1]
        found.append(circle)
        left[circle[-1]].remove(circle[0])
        _, tied = order(tied, left)
    return found


def _one(needs: Mapping[N, Iterable[N]], tied: set[N]) -> list[N]:
    """One circle among the nodes that can't be put in order: from any of them, needs lead back to where they were."""
    trail: dict[N, int] = {}
    node = next(n for n in needs if n in tied)
    while node not in trail:
        trail[node] = len(trail)
        node = next(need for need in needs[node] if need in tied)
    way = list(trail)
    return way[trail[node] :]
