"""Height data: files of every kind are read to the centimetre, and what is broken is named."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin
from pyproj import Transformer

from lens_routes.errors import BadInputError, NotInstalledError, UsageError
from lens_routes.streets.elevation import projection, store
from lens_routes.streets.elevation.heights import Heights
from lens_routes.streets.elevation.raster import Raster, raster_of
from lens_routes.streets.elevation.read import read_heights

SIDE = 11
#: Rows from north to south; a saddle, so that a bilinear reading differs from a plane.
GROUND = np.array([[100.0 + 3 * r + 2 * c + r * c for c in range(SIDE)] for r in range(SIDE)])
VOID = -32768
SCRIPT = Path(__file__).parents[2] / "benchmarks" / "elevation.py"


def square(name: str, heights: np.ndarray = GROUND) -> tuple[str, bytes]:
    return name, heights.astype(">i2").tobytes()


def write_hgt(folder: Path, name: str = "N50E002.hgt", heights: np.ndarray = GROUND) -> Path:
    path = folder / name
    path.write_bytes(square(name, heights)[1])
    return path


def write_grid(folder: Path, *, west: float = 682_000, south: float = 7_036_000) -> Path:
    """Write an ESRI ASCII grid with cells of 5 m, as IGN does."""
    path = folder / "lidar.asc"
    lines = [f"ncols {SIDE}", f"nrows {SIDE}", f"xllcorner {west}", f"yllcorner {south}"]
    lines += ["cellsize 5.0", "NODATA_value -99999.00"]
    lines += [" ".join(f"{height:.2f}" for height in row) for row in GROUND]
    path.write_text("\n".join(lines) + "\n")
    return path


def write_tiff(folder: Path, heights: np.ndarray = GROUND, **changes: object) -> Path:
    """Write a GeoTIFF in Lambert-93 whose first cell has its corner at 682 km, 7036 km."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[33550] = (5.0, 5.0, 0.0)
    tags[33922] = (0.0, 0.0, 0.0, 682_000.0, 7_036_000.0, 0.0)
    tags[34735] = (1, 1, 0, 2, 1025, 0, 1, changes.get("raster_type", 1), 3072, 0, 1, 2154)
    tags[42113] = "-9999"
    for kind in (33550, 33922):
        tags.tagtype[kind] = 12
    tags.tagtype[34735] = 3
    for tag in changes.get("without", ()):  # type: ignore[attr-defined]
        del tags[tag]
    path = folder / "model.tif"
    picture = Image.fromarray(heights.astype(np.float32))
    picture.save(path, tiffinfo=tags, compression=changes.get("compression", "tiff_lzw"))
    return path


def read_one(path: Path, crs: str | None = None) -> Raster:
    (raster,) = read_heights(path, crs)
    return raster


def at(raster: Raster, lon: float, lat: float) -> float:
    return float(Heights([raster]).at(np.array([lon]), np.array([lat]))[0])


def lambert(x: float, y: float) -> tuple[float, float]:
    lon, lat = Transformer.from_crs(2154, 4326, always_xy=True).transform(x, y)
    return float(lon), float(lat)


@given(row=st.floats(0, SIDE - 1), column=st.floats(0, SIDE - 1))
def test_heights_are_bilinear_between_centres(row: float, column: float) -> None:
    """On a saddle, which bilinear interpolation gives exactly, each point has its own height."""
    raster = raster_of(
        GROUND, name="N50E002", crs="EPSG:4326", corner=(2.0, 51.0), cell=(0.1, 0.1), void=None
    )
    assert raster is not None
    expected = 100.0 + 3 * row + 2 * column + row * column
    assert at(raster, 2.0 + column / 10, 51.0 - row / 10) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("name", ["N50E002.hgt", "n50e002.HGT", "N50E002.SRTMGL1.hgt"])
def test_a_square_lies_where_its_name_says(tmp_path: Path, name: str) -> None:
    """The corners of a square are its first and last heights."""
    raster = read_one(write_hgt(tmp_path, name))
    assert raster.name == "N50E002"
    assert at(raster, 2.0, 51.0) == pytest.approx(GROUND[0, 0], abs=0.02)
    assert at(raster, 3.0, 50.0) == pytest.approx(GROUND[-1, -1], abs=0.02)
    assert np.isnan(at(raster, 1.5, 50.5))


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    """``S34W059`` has its corner at 34 south, 59 west."""
    raster = read_one(write_hgt(tmp_path, "S34W059.hgt"))
    assert raster.bbox() == pytest.approx((-59.05, -34.05, -57.95, -32.95))


def test_packed_files_are_read(tmp_path: Path) -> None:
    """A .gz and a .zip yield what is in them; what else an archive holds is passed over."""
    plain = write_hgt(tmp_path)
    packed = tmp_path / "N50E002.hgt.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    archive = tmp_path / "heights.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("readme.txt", "hello")
        out.writestr("tiles/N50E002.hgt", plain.read_bytes())
        out.writestr(*square("N50E003.hgt"))
    assert read_one(packed).range_m == read_one(plain).range_m
    assert [raster.name for raster in read_heights(archive)] == ["N50E002", "N50E003"]


def test_a_grid_of_france_is_known_by_where_it_lies(tmp_path: Path) -> None:
    """An .asc says no projection: in the range of Lambert-93 it is that, cells by their corner."""
    raster = read_one(write_grid(tmp_path))
    assert raster.crs == "EPSG:2154"
    first = lambert(682_002.5, 7_036_000 + 5 * SIDE - 2.5)
    assert at(raster, *first) == pytest.approx(GROUND[0, 0], abs=0.05)
    assert raster.plus_minus_m == 1.0


def test_a_grid_from_nowhere_asks_for_its_projection(tmp_path: Path) -> None:
    """Metres of an unknown projection are refused, and the option named; with it they are read."""
    path = write_grid(tmp_path, west=4_000_000, south=3_000_000)
    with pytest.raises(BadInputError) as refused:
        read_one(path)
    assert "--crs" in refused.value.hint
    assert read_one(path, "EPSG:3035").crs == "EPSG:3035"


def test_a_wrong_projection_is_noticed(tmp_path: Path) -> None:
    """Metres taken for degrees lie off the earth: that is said, not drawn."""
    with pytest.raises(BadInputError, match="lies off the earth"):
        read_one(write_grid(tmp_path), "EPSG:4326")
    for text in ("EPSG:99999", "\udcff", "²", "9" * 40, "9" * 5000):
        with pytest.raises(UsageError, match="There is no projection"):
            projection.checked(text)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate"])
def test_a_geotiff_lies_where_its_tags_say(tmp_path: Path, compression: str) -> None:
    """Every compression is read; a cell stands for an area, unless the file says for a point."""
    raster = read_one(write_tiff(tmp_path, compression=compression))
    assert at(raster, *lambert(682_002.5, 7_035_997.5)) == pytest.approx(GROUND[0, 0], abs=0.05)
    point = read_one(write_tiff(tmp_path, compression=compression, raster_type=2))
    assert at(point, *lambert(682_000, 7_036_000)) == pytest.approx(GROUND[0, 0], abs=0.05)


def test_voids_stay_void(tmp_path: Path) -> None:
    """A void has no height, nor what lies beside it; its other neighbours keep theirs."""
    holed = GROUND.copy()
    holed[5, 5] = VOID
    raster = read_one(write_hgt(tmp_path, heights=holed))
    assert np.isnan(at(raster, 2.5, 50.5))
    assert np.isnan(at(raster, 2.45, 50.55))
    assert at(raster, 2.4, 50.5) == pytest.approx(GROUND[5, 4], abs=0.02)


def test_finer_data_come_first_and_coarser_fill_their_voids(tmp_path: Path) -> None:
    """Where the lidar knows, it speaks; beside it the radar does."""
    radar = read_one(write_hgt(tmp_path, heights=GROUND * 0 + 7))
    lidar = read_one(write_grid(tmp_path))
    heights = Heights([radar, lidar])
    inside = lambert(682_027.5, 7_036_027.5)
    lon, lat = np.array([inside[0], 2.5]), np.array([inside[1], 50.2])
    assert heights.at(lon, lat) == pytest.approx([GROUND[5, 5], 7.0], abs=0.05)
    assert [raster.name for raster in heights.look(lon, lat).used] == ["lidar", "N50E002"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("N50E002.hgt", b"\0" * 1000, "no square of heights"),
        ("heights.hgt", GROUND.astype(">i2").tobytes(), "does not tell which degree square"),
        ("N50E002.hgt", (GROUND * 0 + VOID).astype(">i2").tobytes(), "every cell of it is void"),
        ("N50E002.hgt.gz", b"no gzip", "Not a gzipped file"),
        ("heights.zip", b"no zip", "cannot be unpacked"),
        ("notes.txt", b"hello", "no height data this program reads"),
        ("grid.asc", b"ncols 2\nnrows 2\nxllcorner 2\n", "does not begin with"),
        (
            "grid.asc",
            b"ncols 2\nnrows 2\nxllcorner 2\nyllcorner 50\ncellsize 1\n1 2 3\n",
            "promises 4 heights and holds 3",
        ),
        (
            "grid.asc",
            b"ncols 2\nnrows 2\nxllcorner 2\nyllcorner 50\ncellsize 1\n1 2 3 high\n",
            "no height|holds 3",
        ),
        ("grid.asc", b"ncols nan\nnrows 2\nxllcorner 2\nyllcorner 50\n", "ncols nan is no figure"),
        ("grid.asc", b"ncols 2\nnrows inf\nxllcorner 2\nyllcorner 50\n", "inf is no figure"),
        ("model.tif", b"II*\0 and no more", "it is no TIFF"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    """Each file that is not what its name says is refused in words."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInputError, match=words):
        list(read_heights(path))


def test_a_tiff_that_is_no_geotiff_is_refused(tmp_path: Path) -> None:
    """Without a position or a projection nobody can say where the heights are."""
    with pytest.raises(BadInputError, match="no GeoTIFF"):
        read_one(write_tiff(tmp_path, without=(33550,)))
    with pytest.raises(BadInputError, match="in which projection"):
        read_one(write_tiff(tmp_path, without=(34735,)))
    picture = tmp_path / "map.tif"
    Image.new("RGB", (4, 4)).save(picture)
    with pytest.raises(BadInputError, match="it is a picture"):
        read_one(picture)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """A raster is kept by its name, whole; a damaged one is named with the way out."""
    raster = read_one(write_grid(tmp_path))
    path = store.save(raster)
    again = store.load("lidar")
    assert store.names() == ["lidar"]
    assert (again.values == raster.values).all()
    assert (again.x, again.crs, again.step_m) == (raster.x, raster.crs, raster.step_m)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(NotInstalledError) as damaged:
        store.load("lidar")
    assert "elevation remove lidar" in damaged.value.hint
    assert store.remove("lidar")
    assert not store.remove("lidar")


def test_the_benchmark_prints_a_line_each(tmp_path: Path) -> None:
    """The contract: one JSON line a point, in order; null where there is no height."""
    points = tmp_path / "points.csv"
    points.write_text("lon,lat\n2.0,51.0\n2.05,50.95\n9.0,50.5\n")
    command = [sys.executable, str(SCRIPT), str(write_hgt(tmp_path)), str(points), "--json"]
    done = subprocess.run(
        command, cwd=SCRIPT.parents[1], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line)["elevation_m"] for line in done.stdout.splitlines()]
    assert lines == [pytest.approx(100.0, abs=0.02), pytest.approx(102.75, abs=0.02), None]


def test_the_benchmark_names_a_broken_line(tmp_path: Path) -> None:
    """A word for a figure: exit code 3, file and line."""
    points = tmp_path / "points.csv"
    points.write_text("lon,lat\n2.0,north\n")
    command = [sys.executable, str(SCRIPT), str(write_hgt(tmp_path)), str(points)]
    done = subprocess.run(
        command, cwd=SCRIPT.parents[1], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "line 2" in done.stderr


@pytest.mark.shared
def test_the_radar_of_monaco(shared: Path) -> None:
    """SRTM has the Rock and the harbour of Monaco where they are."""
    raster = read_one(shared / "elevation" / "N43E007.hgt.zip")
    heights = Heights([raster]).at(np.array([7.421288, 7.419199]), np.array([43.730729, 43.727697]))
    assert heights == pytest.approx([58.39, 11.83], abs=0.05)
    assert raster.plus_minus_m == 5.0
