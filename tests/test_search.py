"""The search, its trees and its certificates, against every profile of a tiny vocabulary."""

import itertools
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules.certificate import Certificate, Entry, holds
from rls_rules.conditions import Compare, Condition, Contains, OneOf
from rls_rules.regions import Box, Slot, Space
from rls_rules.search import closed, cover, escapes, fewest, find, known
from tests.tiny import TINY, conditions

EVERY_TEST: list[Condition] = [
    OneOf("b", (True,)),
    OneOf("e", ("v0",)),
    Compare("n", "at_least", 1.0),
    Compare("n", "above", 2.0),
    Contains("s", "m0"),
]
SPACE = Space(TINY, EVERY_TEST)
EVERYONE: list[Box] = [
    sum(bits)
    for bits in itertools.product(
        *([slot.unknown << cell for cell in range(slot.cells)] for slot in SPACE.slots)
    )
]
MASKS = {slot.mask for slot in SPACE.slots}


def _part(slot: Slot) -> st.SearchStrategy[Box]:
    """Some cells of one slot, most often all of them."""
    some = st.integers(1, (1 << slot.cells) - 1).map(lambda cells: cells << slot.offset)
    return st.just(slot.mask) | st.just(slot.mask) | some


BOXES = st.tuples(*map(_part, SPACE.slots)).map(sum)
"""Any box: also those that learning can lead out of."""
SOME = st.lists(BOXES, max_size=8)


def escaped(inside: Sequence[Box], without: Sequence[Box]) -> list[Box]:
    """Everybody inside one of some boxes and outside all of some others."""
    return [
        one
        for one in EVERYONE
        if any(one & box == one for box in inside) and not any(one & box == one for box in without)
    ]


@settings(max_examples=200)
@given(BOXES, SOME)
def test_find_finds_somebody_exactly_if_there_is_somebody(box: Box, without: list[Box]) -> None:
    """`find` gives a region of the box in which everybody escapes, and None exactly if nobody does."""
    region = find(SPACE, box, without)
    people = escaped([box], without)
    assert (region is not None) == bool(people)
    if region is not None:
        assert SPACE.is_some(region)
        assert {one for one in EVERYONE if one & region == one} <= {*people}


@settings(max_examples=300)
@given(st.lists(BOXES, max_size=4), SOME)
def test_fewest_has_the_fewest_facts(inside: list[Box], without: list[Box]) -> None:
    """`fewest` gives a region of people who escape, and none who escapes has told fewer facts."""
    region = fewest(SPACE, inside, without)
    people = escaped(inside, without)
    assert (region is not None) == bool(people) == escapes(SPACE, inside, without)
    if region is not None:
        assert SPACE.is_some(region)
        there = {one for one in EVERYONE if one & region == one}
        assert there <= {*people}
        assert known(SPACE, region) == min(known(SPACE, one) for one in people)
        assert {known(SPACE, one) for one in there} == {known(SPACE, region)}


@settings(max_examples=150)
@given(st.lists(conditions(), min_size=1, max_size=4), st.sets(st.sampled_from(SPACE.slots)))
def test_closing_fills_the_gaps(never: list[Condition], answered: set[Slot]) -> None:
    """A profile is in the closed boxes exactly if, however its gaps are filled, it is in the boxes."""
    space = Space(TINY, [*EVERY_TEST, *never])
    boxes = [box for condition in never for box in space.boxes(condition)]
    slots = [space.slots[slot.index] for slot in answered]
    made = closed(space, boxes, slots)
    cells = ([slot.unknown << cell for cell in range(slot.cells)] for slot in space.slots)
    for bits in itertools.islice(itertools.product(*cells), 0, None, 7):
        point = sum(bits)
        gaps = [slot for slot in slots if point & slot.unknown]
        ways = itertools.product(*([slot.unknown << cell for cell in range(1, slot.cells)] for slot in gaps))
        base = point & ~sum(slot.unknown for slot in gaps)
        filled = (base | sum(way) for way in ways)
        wanted = all(any(one & box == one for box in boxes) for one in filled)
        assert any(point & box == point for box in made) == wanted


def trees() -> st.SearchStrategy[Any]:
    """Trees as a certificate may hold them, right or wrong."""
    leaf = st.lists(st.integers(-1, 8), min_size=1, max_size=1)
    mask = st.sampled_from([*sorted(MASKS), 0, SPACE.full, -1])
    cells = st.sampled_from([1 << bit for bit in range(SPACE.full.bit_length())]) | BOXES
    split = st.tuples(mask, cells)
    return st.recursive(
        leaf,
        lambda deeper: st.tuples(split, deeper, deeper).map(lambda one: [*one[0], one[1], one[2]]),
        max_leaves=12,
    )


@settings(max_examples=200)
@given(BOXES, SOME)
def test_a_cover_is_accepted(box: Box, without: list[Box]) -> None:
    """There is a tree exactly if nobody escapes, and the certificate accepts every tree that there is."""
    tree = cover(SPACE, box, without)
    assert (tree is None) == bool(escaped([box], without))
    if tree is not None:
        assert holds(box, tuple(without), tree, MASKS)


@st.composite
def covered(draw: st.DrawFn) -> tuple[Box, list[Box], Any]:
    """A claim that is true, with its tree: a box cut in two or more, and some of the parts made wider."""
    box = draw(BOXES)
    parts = [box]
    for slot in draw(st.lists(st.sampled_from(SPACE.slots), max_size=4)):
        cells = draw(_part(slot))
        halves = [
            half
            for part in parts
            for half in (part & (~slot.mask | cells), part & ~(slot.mask & cells))
            if SPACE.is_some(half)
        ]
        parts = halves or parts
    without = [*draw(st.permutations([part | draw(BOXES | st.just(0)) for part in parts[:8]])), *parts[8:]]
    return box, without, cover(SPACE, box, without)


def _bent(tree: Any, random: Any) -> Any:
    """The tree with one thing changed."""
    if len(tree) == 1:
        return random.choice([[tree[0] + 1], [tree[0] - 1], [], [None], [SPACE.slots[0].mask, 1, tree, tree]])
    mask, cells, inside, outside = tree
    return random.choice(
        [
            [mask, cells, outside, inside],
            [random.choice(SPACE.slots).mask, cells, inside, outside],
            [mask, cells ^ (mask & -mask), inside, outside],
            [mask, cells, _bent(inside, random), outside],
            [mask, cells, inside, _bent(outside, random)],
            inside,
            outside,
        ]
    )


@settings(max_examples=300)
@given(covered(), st.randoms(use_true_random=False), BOXES, st.integers(0, 7))
def test_a_bent_tree_is_refused_or_harmless(
    claim: tuple[Box, list[Box], Any], random: Any, other: Box, place: int
) -> None:
    """With a tree, a box or a list changed, what is accepted is still true."""
    box, without, tree = claim
    assert tree is not None
    assert holds(box, tuple(without), tree, MASKS)
    changed = [*without]
    changed[place % len(changed)] &= other
    for one, others, shown in (
        (box, without, _bent(tree, random)),
        (other, without, tree),
        (box, changed, tree),
        (box, without[:-1], tree),
    ):
        if holds(one, tuple(others), shown, MASKS):
            assert not escaped([one], others)


@settings(max_examples=300)
@given(BOXES, SOME, trees())
def test_no_tree_shows_what_is_false(box: Box, without: list[Box], tree: Any) -> None:
    """Whatever the tree, nobody escapes where it is accepted."""
    if holds(box, tuple(without), tree, MASKS):
        assert not escaped([box], without)


def test_a_false_claim_has_no_tree() -> None:
    """A claim that leaves somebody out is refused with the tree of a true one."""
    slot = SPACE.slots[0]
    yes = SPACE.full & ~slot.mask | slot.unknown << 2
    rest = SPACE.full & ~(slot.unknown << 2)
    tree = cover(SPACE, SPACE.full, [yes, rest])
    assert tree is not None
    assert holds(SPACE.full, (yes, rest), tree, MASKS)
    assert not holds(SPACE.full, (yes,), tree, MASKS)
    assert not holds(SPACE.full, (yes, yes), tree, MASKS)


def certificate(*claims: tuple[Box, list[Box], Any]) -> Certificate:
    """A certificate of some claims over the tiny space."""
    slots = tuple((slot.offset, slot.cells) for slot in SPACE.slots)
    entries = [Entry("t", ("point p",), box, tuple(without), tree) for box, without, tree in claims]
    return Certificate("digest", slots, entries)


@settings(max_examples=60)
@given(st.lists(covered(), max_size=3))
def test_a_certificate_comes_back_as_it_was(claims: list[tuple[Box, list[Box], Any]]) -> None:
    """What is written is read again, and nothing in it is refused."""
    made = certificate(*claims)
    back = Certificate.from_json(made.to_json())
    assert back == made
    assert back.refused() == []
    assert back.to_json() == made.to_json()


def test_what_is_refused_is_named() -> None:
    """An entry whose tree shows nothing is refused, and only that entry."""
    made = certificate((SPACE.full, [SPACE.full], [0]), (SPACE.full, [], [0]))
    assert Certificate.from_json(made.to_json()).refused() == [made.entries[1]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(max_size=4), deeper, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300)
@given(covered(), st.data())
def test_garbage_is_no_certificate(claim: tuple[Box, list[Box], Any], data: st.DataObject) -> None:
    """A certificate with anything changed is refused with one kind of exception, or read and checked."""
    content = json.loads(certificate(claim).to_json())
    at: Any = content
    for _ in range(data.draw(st.integers(0, 4))):
        keys = [*at] if isinstance(at, dict) else [*range(len(at))] if isinstance(at, list) else []
        deeper = [key for key in keys if isinstance(at[key], dict | list)]
        if not deeper:
            break
        at = at[data.draw(st.sampled_from(deeper))]
    if len(at):
        at[data.draw(st.sampled_from([*at] if isinstance(at, dict) else [*range(len(at))]))] = data.draw(JSON)
    try:
        read = Certificate.from_json(json.dumps(content))
    except ValueError:
        return
    assert all(entry in read.entries for entry in read.refused())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"format": 2, "rules_digest": "", "slots": [], "boxes": [], "claims": []}',
        '{"format": 1, "rules_digest": "", "slots": [[-1, 2]], "boxes": [], "claims": []}',
        '{"format": 1, "rules_digest": "", "slots": [[0, 1e999]], "boxes": [], "claims": []}',
        '{"format": 1, "rules_digest": "", "slots": [[0, 99999999999]], "boxes": [], "claims": []}',
        '{"format": 1, "rules_digest": "", "slots": [[0, 0]], "boxes": [], "claims": []}',
        '{"format": 1, "rules_digest": "", "slots": [], "boxes": ["-1"], "claims": []}',
    ],
)
def test_what_is_no_certificate(text: str) -> None:
    """What is no certificate, or one of another format, is refused as such."""
    with pytest.raises(ValueError, match="this is not a certificate that can be read"):
        Certificate.from_json(text)


def test_a_claim_cannot_hide_behind_its_slots() -> None:
    """Slots that overlap are refused: a box that is empty in one of them would hold everything."""
    text = '{"format": 1, "rules_digest": "", "slots": [[0, 3], [1, 3]], "boxes": [], "claims": []}'
    with pytest.raises(ValueError, match="this is not a certificate that can be read"):
        Certificate.from_json(text)


def test_a_deep_tree_is_refused_without_a_crash() -> None:
    """A tree deeper than there are answers shows nothing that a shallower one does not."""
    tree: Any = [0]
    mask = SPACE.slots[0].mask
    for _ in range(400):
        tree = [mask, mask, tree, [0]]
    deep = certificate((SPACE.full, [0], tree))
    assert deep.refused() == deep.entries
