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
    found: list[list[N]] = []
    left = {node: list(dict.fromkeys(others)) for node, others in needs.items()}
    settled: set[N] = set()
    for first in left:
        _walk(first, left, cuttable, settled, found)
    return found


def _walk(first: N, left: dict[N, list[N]], cuttable: set[tuple[N, N]], settled: set[N], found: list[list[N]]) -> None:
    """Walk from `first` along `left` in depth until nothing on the way leads back; cut what does.

    After a cut the walk goes on from the node that lost its link, so all walks together take as long as there are
    links, and circles to tell.
    """
    trail = [] if first in settled else [first]
    at = {node: i for i, node in enumerate(trail)}
    while trail:
        ahead = left.get(trail[-1], [])
        while ahead and ahead[-1] in settled:
            ahead.pop()
        if not ahead:
            node = trail.pop()
            settled.add(node)
            del at[node]
        elif ahead[-1] in at:
            circle = trail[at[ahead[-1]] :]
            links = list(zip(circle, [*circle[1:], circle[0]], strict=True))
            last = max((i for i, link in enumerate(links) if link in cuttable), default=len(links) - 1)
            found.append(circle[last + 1 :] + circle[: last + 1])
            left[circle[last]].pop()
            for _ in circle[last + 1 :]:
                del at[trail.pop()]
        else:
            at[ahead[-1]] = len(trail)
            trail.append(ahead[-1])
