"""Circles: each told once, cut where an author wrote a link, in a time that grows with the plan and not its square."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milepost.plan.circles import circles, order

graphs = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10)


def links_of(circle: list[int]) -> list[tuple[int, int]]:
    """The links of a circle, the closing one last."""
    return list(pairwise([*circle, circle[0]]))


@given(graphs)
def test_cutting_the_last_link_of_each_leaves_an_order(needs: dict[int, list[int]]) -> None:
    written = {(node, need) for node, found in needs.items() for need in found}
    nodes = {node for link in written for node in link} | set(needs)
    found = circles(needs, written)
    assert all(set(links_of(circle)) <= written for circle in found)
    cut = [links_of(circle)[-1] for circle in found]
    assert len(cut) == len(set(cut))
    rest = {node: [need for need in needs.get(node, ()) if (node, need) not in cut] for node in nodes}
    assert not order(nodes, rest)[1]
    assert bool(found) == bool(order(nodes, {node: needs.get(node, []) for node in nodes})[1])


def test_only_a_link_that_was_written_is_cut() -> None:
    needs = {"m": ["f"], "f": ["g"], "g": ["m"]}  # m → f is membership
    assert circles(needs, {("f", "g"), ("g", "m")}) == [["m", "f", "g"]]
    assert circles(needs, {("f", "g")}) == [["g", "m", "f"]]


def test_what_waits_for_a_circle_is_not_in_it() -> None:
    assert circles({"z": ["a"], "a": ["b"], "b": ["a"]}, {("a", "b"), ("b", "a")}) == [["a", "b"]]


def test_steps_grow_with_the_number_of_circles() -> None:
    class Counting(int):
        """A number that counts how often it is looked up."""

        looked_up = 0

        def __hash__(self) -> int:
            Counting.looked_up += 1
            return int.__hash__(self)

    def steps(pairs: int) -> int:
        nodes = [Counting(i) for i in range(2 * pairs)]
        needs = {node: [nodes[int(node) ^ 1]] for node in nodes}
        Counting.looked_up = 0
        assert len(circles(needs, set())) == pairs
        return Counting.looked_up

    assert steps(2_000) < 4.2 * steps(500)
