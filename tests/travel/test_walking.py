"""How far it is from here to there, from the best source that knows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.streets.test_elevation import write_hgt
from tests.support import world
from tests.support.program import run

from lens_routes import PROGRAM
from lens_routes.errors import BadInputError
from lens_routes.files.sealed import sealed
from lens_routes.geo import Point, distance_m
from lens_routes.plan.grade import Grade
from lens_routes.plan.waypoint import Waypoint
from lens_routes.streets.many import many
from lens_routes.streets.network import store
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.snap import OFF_MAP_M
from lens_routes.travel import resources
from lens_routes.travel.foot.pace import parse_pace
from lens_routes.travel.foot.walk import DetourFit, Walk, fit_detour
from lens_routes.travel.tables import kept, table
from lens_routes.travel.tables.pairs import Pairs
from lens_routes.travel.vehicles.compute import compute_ways
from lens_routes.travel.vehicles.vehicle import VEHICLES
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.travel.tables.table import WayTable

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
FIT = DetourFit(1.3, 0.1, 0.2, 500)
A, B, C = (
    Waypoint(n.upper(), *world.node(p), n) for n, p in (("a", "G0"), ("b", "M2"), ("c", "B4"))
)


def quiet(_what: str, _share: float) -> None:
    pass


def tell(message: str) -> None:
    pytest.fail(message)


@pytest.fixture(scope="module")
def places() -> Mapping[str, Point]:
    """Give where the sights of the made-up town are."""
    features = world.catalogue()["features"]
    return {f["id"]: Point(*f["geometry"]["coordinates"]) for f in features}


@pytest.fixture(scope="module")
def own(town: Town, places: Mapping[str, Point]) -> WayTable:
    """Give the table of walks between the sights."""
    network = store.load(town.streets / "network.lrn")
    return resources.compute_table(network, places, program="p 1", now=NOW, report=quiet)


def packed(names, walks: Mapping[tuple[str, str], Walk]) -> Pairs:
    lengths = ((a, b, (w.distance_m, w.steps_m, w.main_road_m)) for (a, b), w in walks.items())
    return Pairs.pack(names, lengths)


def made(walks: Mapping[tuple[str, str], Walk]) -> WayTable:
    points = {w.id: w.point for w in (A, B, C) if w.id}
    return table.WayTable(
        points, packed(points, walks), FIT, "p 1", "2026-11-25", "map", "2026-01-01"
    )


AB = Walk(1234.5, Grade.TABLE, 10.0, 20.0)


def test_tables_come_before_estimates() -> None:
    """Without streets, a walk a table knows is the table's, any other an estimate."""
    walking = Walking(None, (made({("a", "b"): AB}),), FIT)
    walks = walking.matrix([A, B, C])
    assert walks[0, 1] == walks[1, 0] == AB
    estimate = round(1.3 * distance_m(A.point, C.point), 1)
    assert walks[0, 2] == Walk(estimate, Grade.ESTIMATE)
    assert walking.from_first([B, A, C]) == [AB, walks[1, 2]]


def test_the_first_table_that_knows_is_believed() -> None:
    """The machine's own table comes before the shipped one, which fills its gaps."""
    other = Walk(99.0, Grade.TABLE)
    walking = Walking(
        None, (made({("a", "b"): AB}), made({("a", "b"): other, ("a", "c"): other})), FIT
    )
    assert walking.from_first([A, B, C]) == [AB, other]


def test_a_place_that_moved_is_not_the_tables() -> None:
    """A table is about where places were: beyond a metre it knows them no more."""
    walking = Walking(None, (made({("a", "b"): AB}),), FIT)
    near = Waypoint("A", A.lon, A.lat + 0.5 / 111_195, "a")
    moved = Waypoint("A", A.lon, A.lat + 2.0 / 111_195, "a")
    nameless = Waypoint("A", A.lon, A.lat)
    assert walking.from_first([near, B])[0].grade is Grade.TABLE
    assert walking.from_first([moved, B])[0].grade is Grade.ESTIMATE
    assert walking.from_first([nameless, B])[0].grade is Grade.ESTIMATE


def test_the_same_point_is_no_walk() -> None:
    """From a point to itself nobody walks, whatever it is called."""
    assert Walking(None, (), FIT).from_first([A, Waypoint("here", A.lon, A.lat)]) == [
        Walk(0.0, Grade.TABLE)
    ]


def test_matrices_are_symmetric_and_agree_with_traces(
    town: Town, places: Mapping[str, Point], own: WayTable
) -> None:
    """What the planner counts with and what is walked in the end differ by 2 s at most.

    For sights, which the table joins, and for any other point, which one search joins with all.
    """
    walking = Walking(store.load(town.streets / "network.lrn"), (own,), own.fit)
    sights = [Waypoint(name, point.lon, point.lat, name) for name, point in places.items()]
    points = [*sights, Waypoint("start", 2.7831, 50.4222), Waypoint("end", 2.8011, 50.4301)]
    walks = walking.matrix(points)
    for i, a in enumerate(points):
        assert walks[i, i].distance_m == 0
        for j, b in enumerate(points):
            assert walks[i, j] == walks[j, i]
            traced = walking.trace(a.point, b.point)
            assert traced is not None
            if i != j:
                assert traced[0].grade is Grade.STREETS
                assert walks[i, j].grade is Grade.TABLE
                assert abs(traced[0].seconds(4.5) - walks[i, j].seconds(4.5)) <= 2


def test_points_off_the_map_are_estimated(town: Town, own: WayTable) -> None:
    """A kilometre from every street nothing is traced, and the estimate is called one."""
    walking = Walking(store.load(town.streets / "network.lrn"), (own,), own.fit)
    lon, lat = world.node("G0")
    off = Waypoint("off", lon - 1.05 * OFF_MAP_M / 70_800, lat)
    on = Waypoint("on", lon - 0.95 * OFF_MAP_M / 70_800, lat)
    assert walking.snap(off.point) is None
    assert walking.trace(off.point, B.point) is None
    assert walking.from_first([off, B])[0].grade is Grade.ESTIMATE
    assert walking.from_first([on, B])[0].grade is Grade.TABLE


def test_walks_beyond_the_search_are_not_made_shorter(town: Town) -> None:
    """Where the streets lead farther than was looked, no estimate says it is nearer than that."""
    walking = Walking(store.load(town.streets / "network.lrn"), (), DetourFit(1.0, 0, 0, 100))
    ends = [Waypoint("a", *world.node("G0")), Waypoint("b", *world.node("N4"))]
    whole = walking.from_first(ends)[0]
    fresh = Walking(walking.network, (), walking.fit)
    limited = fresh.from_first(ends, within_m=whole.distance_m - 50)[0]
    assert whole.grade is Grade.TABLE
    assert limited.grade is Grade.ESTIMATE
    assert whole.distance_m - 50 <= limited.distance_m <= whole.distance_m


def test_the_median_detour_is_fitted() -> None:
    """The factor is the median ratio of the walks from 200 m to 10 km; its error is measured."""
    fit = fit_detour([(1000, 1200), (1000, 1300), (2000, 2800), (100, 900), (50_000, 50_001)])
    assert fit.factor == 1.3
    assert fit.pairs == 3
    assert fit.mean_error == pytest.approx((100 / 1200 + 0 + 200 / 2800) / 3, abs=1e-4)
    assert fit.p90_error == pytest.approx(100 / 1200, abs=1e-4)
    with pytest.raises(ValueError, match="median"):
        fit_detour([(100, 120)])


@given(st.lists(st.tuples(st.floats(200, 10_000), st.floats(1, 4)), min_size=1, max_size=20))
def test_a_fit_lies_within_what_it_is_fitted_on(pairs: list[tuple[float, float]]) -> None:
    """No factor is outside the ratios seen, no error is negative."""
    fit = fit_detour([(g, g * r) for g, r in pairs])
    ratios = [r for _, r in pairs]
    assert min(ratios) - 1e-3 <= fit.factor <= max(ratios) + 1e-3
    assert fit.mean_error >= 0
    assert fit.p90_error >= 0


names = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
tenths = st.integers(0, 10**6).map(lambda tenth: tenth / 10)
millionths = st.tuples(st.integers(-180_000_000, 180_000_000), st.integers(-90_000_000, 90_000_000))


@st.composite
def tables(draw: st.DrawFn) -> WayTable:
    points = draw(
        st.dictionaries(
            names, millionths.map(lambda p: Point(p[0] / 1e6, p[1] / 1e6)), min_size=2, max_size=5
        )
    )
    pairs = [(a, b) for a in points for b in points if a < b]
    walk = st.builds(Walk, tenths, st.just(Grade.TABLE), tenths, tenths)
    walks = draw(st.dictionaries(st.sampled_from(pairs), walk, max_size=5))
    text = st.sampled_from(["", "lens.osm.pbf", "a: b", "https://overpass/api"])
    return table.WayTable(
        points, packed(points, walks), FIT, "p 1", "2026-11-25", draw(text), draw(text)
    )


@given(tables())
def test_a_table_reads_as_it_was_written(written: WayTable) -> None:
    """Written and read, a table and its text are the same; no field is lost, even empty."""
    text = table.dumps(written)
    assert table.loads(text) == written
    assert table.dumps(table.loads(text)) == text


def test_a_kept_table_is_read_again(town: Town, streets: Path, places: Mapping[str, Point]) -> None:
    """Importing makes the table; the next command reads it without a word and without work."""
    network = store.load(store.default_path())
    path = _own(streets)
    before = path.stat().st_mtime_ns
    again = resources.own_table(network, places, program="p", now=NOW, report=quiet, tell=tell)
    assert again is not None
    assert len(again.walks) == len(places) * (len(places) - 1) // 2
    assert path.stat().st_mtime_ns == before
    assert town.catalogue.exists()


def _own(streets: Path) -> Path:
    (path,) = (streets / "tables").iterdir()
    return path


@given(tables())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_kept_table_maps_as_it_was_written(tmp_path: Path, written: WayTable) -> None:
    """What a machine keeps for itself is the table it computed, to the last figure."""
    path = tmp_path / "table.lrw"
    kept.save(written, path)
    assert kept.load(path) == written


@given(st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_kept_table_is_made_again(
    streets: Path, places: Mapping[str, Point], data: st.DataObject
) -> None:
    """Any bit that flips and any cut is noticed, said, and the table made again."""
    network = store.load(store.default_path())
    path = _own(streets)
    good = path.read_bytes()
    spoilt = bytearray(good)
    cut = data.draw(st.integers(0, len(good)))
    if data.draw(st.booleans()) and cut < len(good):
        spoilt[cut] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del spoilt[cut:]
    path.write_bytes(spoilt)
    said: list[str] = []
    table = resources.own_table(
        network, places, program=PROGRAM, now=NOW, report=quiet, tell=said.append
    )
    assert table is not None
    assert len(table.walks) == len(places) * (len(places) - 1) // 2
    if bytes(spoilt) != good:
        assert len(said) == 1
        assert str(path) in said[0]
    assert kept.load(path) == table


def test_tables_of_older_versions_are_cleared_away(
    streets: Path, places: Mapping[str, Point]
) -> None:
    """The text files of versions before, which nobody reads any more, do not stay for ever."""
    network = store.load(store.default_path())
    old = _own(streets).with_suffix(".csv")
    old.write_text("old")
    some = dict(list(places.items())[:4])
    resources.own_table(network, some, program="p", now=NOW, report=quiet, tell=tell)
    assert not old.exists()


def test_a_matrix_holds_the_walks_asked_for_one_by_one(
    town: Town, places: Mapping[str, Point], own: WayTable
) -> None:
    """All walks at once are those from each point by itself, in seconds and metres too.

    With and without streets, for places of the table, points beside it, and points off the map.
    """
    lon, lat = world.node("G0")
    points = [
        *(Waypoint(name, point.lon, point.lat, name) for name, point in list(places.items())[:5]),
        Waypoint("start", 2.7831, 50.4222),
        Waypoint("off", lon - 1.05 * OFF_MAP_M / 70_800, lat),
        Waypoint("start again", 2.7831, 50.4222),
    ]
    for network in (None, store.load(town.streets / "network.lrn")):
        walks = Walking(network, (own,), own.fit).matrix(points)
        seconds, metres = walks.seconds(4.5), walks.metres()
        for i, origin in enumerate(points):
            others = [j for j in range(len(points)) if j != i]
            alone = Walking(network, (own,), own.fit).from_first(
                [origin, *(points[j] for j in others)]
            )
            for j, walk in zip(others, alone, strict=True):
                assert walks[i, j].grade is walk.grade
                assert walks[i, j].distance_m == pytest.approx(walk.distance_m, abs=1e-6)
                assert metres[i][j] == walks[i, j].distance_m
                assert seconds[i][j] == walks[i, j].seconds(4.5)


def test_every_set_of_points_has_its_table(streets: Path, places: Mapping[str, Point]) -> None:
    """Another catalogue gets a table of its own, and both are kept."""
    network = store.load(store.default_path())
    some = dict(list(places.items())[:4])
    table_of_some = resources.own_table(
        network, some, program="p", now=NOW, report=quiet, tell=tell
    )
    assert table_of_some is not None
    assert set(table_of_some.points) == set(some)
    assert len(list((streets / "tables").iterdir())) == 2


@pytest.mark.parametrize("mode", ["walk", "bike"])
def test_where_one_place_moved_only_its_ways_are_found_anew(
    streets: Path, places: Mapping[str, Point], monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Its row and its column; the table is that made from nothing, and takes the old one's place.

    A place more is one row too, a place less none.
    """
    network = store.load(store.default_path())
    alone = Walking(network, (), table.NO_FIT)
    rows: list[int] = []

    def counting(priced: Any, spots: Any, told: Any = None, count: Any = None, **more: Any) -> Any:
        rows.append(len(spots) if count is None else count)
        return measure(priced, spots, told, count, **more)

    def tabled(points: Mapping[str, Point], before: WayTable | None = None) -> WayTable:
        if mode == "walk":
            return resources.compute_table(
                network, points, FOOT, before, program="p", now=NOW, report=quiet
            )
        about = {"program": "p", "computed": "2026-11-25", "map_name": "m", "map_date": ""}
        return compute_ways(alone, points, VEHICLES[mode], about, quiet, None, before)

    measure = many.many_to_many
    monkeypatch.setattr(many, "many_to_many", counting)
    name, other = sorted(places)[2:4]
    lon, lat = places[other]
    moved = {**places, name: Point(lon + 0.0007, lat)}
    before = tabled(places)
    fewer = {n: point for n, point in places.items() if n != name}
    for changed in (moved, {**places, "more": Point(lon, lat + 0.0005)}, fewer):
        rows.clear()
        made = tabled(changed, before)
        new = made.walks.numbers.keys() - before.standing(changed)
        # By bike two places may share a spot.
        assert rows == [1, 1] * (len(new) if mode == "walk" else bool(rows))
        assert made == tabled(changed)
    if mode == "walk":
        (old,) = (streets / "tables").iterdir()
        resources.own_table(network, moved, program="p", now=NOW, report=quiet, tell=tell)
        (new_one,) = (streets / "tables").iterdir()
        assert new_one != old


GOOD = table.dumps(made({("a", "b"): AB}))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        (b"", "how many rows"),
        (b"\xff\xfe", "UTF-8"),
        (sealed(GOOD.replace("# detour_pairs: 500\n", "")).encode(), "detour_pairs"),
        (sealed(GOOD.replace("# computed: 2026-11-25", "# computed: soon")).encode(), "soon"),
        (sealed(GOOD.replace("1234.5", "far")).encode(), "far"),
        (sealed(GOOD.replace("1234.5", "nan")).encode(), "length"),
        (sealed(GOOD.replace("1234.5", "-1")).encode(), "length"),
        (sealed(GOOD.replace("from,to", "to,from")).encode(), "from,to"),
        (sealed(GOOD.replace("a,b,", "a,nowhere,")).encode(), "nowhere"),
        (sealed(GOOD[: GOOD.index("1234.5")]).encode(), "line 17 should have 5 columns"),
        (GOOD[: GOOD.index("from,to")].encode(), "0 rows"),
        (GOOD.replace("1234.5", "1234.6").encode(), "it was changed"),
        (sealed(GOOD.replace("# point: a ", "# point: a b ")).encode(), "unpack"),
    ],
)
def test_a_damaged_table_is_named(tmp_path: Path, content: bytes | None, says: str) -> None:
    """A shipped table that is broken is named with what is wrong, not believed."""
    path = tmp_path / "walking_distances.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInputError, match=says) as caught:
        table.load(path)
    assert str(path) in caught.value.message
    assert caught.value.hint


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_a_table_fail_otherwise(tmp_path: Path, noise: bytes, cut: int) -> None:
    """Whatever is in the file, it is a table or it is named."""
    path = tmp_path / "table.csv"
    path.write_bytes(GOOD.encode()[:cut] + noise)
    error = _refusal(path)
    assert error is None or str(path) in error.message


def _refusal(path: Path) -> BadInputError | None:
    try:
        table.load(path)
    except BadInputError as error:
        return error
    return None


def test_a_walk_takes_longer_on_stairs() -> None:
    """4.5 km/h is 800 s for a kilometre; a metre of stairs counts twice."""
    assert Walk(1000, Grade.TABLE).seconds(4.5) == 800
    assert Walk(1000, Grade.TABLE, steps_m=100).seconds(4.5) == 880


@given(st.floats(1, 9))
def test_any_walking_pace_is_read(pace: float) -> None:
    """A number from 1 to 9, with or without its unit."""
    assert parse_pace(f"{pace}") == parse_pace(f" {pace} km/h") == pace


def test_a_climb_takes_longer_up_than_down(town: Town, streets: Path, tmp_path: Path) -> None:
    """With heights the table of this machine knows the rise of each walk, in both directions."""
    assert streets.is_dir()
    run("elevation", "add", write_hgt(tmp_path))
    plan = run("plan", "--places", town.catalogue, "--json", "--save", tmp_path / "day.json")
    legs = [leg for day in plan.document["days"] for leg in day["legs"] if leg["distance_m"]]
    assert legs
    for leg in legs:
        level_s = leg["distance_m"] / 1.25
        assert leg["duration_s"] >= level_s + 8 * leg["ascent_m"] / 1.25 - 4
    assert run("check", tmp_path / "day.json", "--places", town.catalogue).code == 0
    (own,) = (streets / "tables").iterdir()
    walks = kept.load(own).walks
    climbing = [pair for pair in walks if walks[pair].ascent_m != walks[pair].descent_m]
    assert climbing
    for a, b in climbing:
        there, back = walks[a, b], walks[b, a]
        assert (there.ascent_m, there.descent_m) == (back.descent_m, back.ascent_m)
        assert there.seconds(4.5) > back.seconds(4.5) or there.ascent_m < there.descent_m
