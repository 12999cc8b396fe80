"""Each cap just under, at and just over; bombs stop early."""

import gzip
import zlib

import pytest

from models.errors import TooLarge
from models.intake.inflate import unpack
from models.intake.limits import MIB, Limits
from tests.intake.vcf_builder import a_record, a_vcf, read_bytes


@pytest.mark.parametrize(("size", "passes"), [(99, True), (100, True), (101, False)])
def test_the_cap_on_delivered_bytes(tmp_path, size, passes):
    path = tmp_path / "x"
    path.write_bytes(b"x" * size)
    if passes:
        assert len(b"".join(unpack(path, Limits(upload_bytes=100)))) == size
    else:
        with pytest.raises(TooLarge, match="101 bytes; at most 100"):
            list(unpack(path, Limits(upload_bytes=100)))


@pytest.mark.parametrize(("size", "passes"), [(9_999, True), (10_000, True), (10_001, False)])
def test_the_cap_on_unpacked_bytes(tmp_path, size, passes):
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(bytes(range(256)) * (size // 256) + b"x" * (size % 256)))
    if passes:
        assert sum(map(len, unpack(path, Limits(inflated_bytes=10_000)))) == size
    else:
        with pytest.raises(TooLarge, match="unpacks to more than 10,000"):
            list(unpack(path, Limits(inflated_bytes=10_000)))


def test_the_cap_on_the_ratio_counts_only_above_its_floor(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(b"x" * MIB))
    ratio = MIB / path.stat().st_size
    floor = Limits(ratio_floor_bytes=MIB, inflate_ratio=1)
    assert sum(map(len, unpack(path, floor))) == MIB
    with pytest.raises(TooLarge, match="times its size"):
        list(unpack(path, Limits(ratio_floor_bytes=MIB - 1, inflate_ratio=int(ratio))))
    assert sum(map(len, unpack(path, Limits(ratio_floor_bytes=MIB - 1, inflate_ratio=int(ratio) + 1)))) == MIB


@pytest.mark.parametrize(("extra", "passes"), [(-1, True), (0, True), (1, False)])
def test_the_cap_on_a_line(tmp_path, extra, passes):
    cap = 9 * MIB  # longer than a block, so that both the unfinished and the finished line are watched
    line = a_record(info="X=" + "y" * cap)
    line = line[: cap + extra]
    content = a_vcf(line).encode()
    if passes:
        assert len(read_bytes(tmp_path, content, limits=Limits(line_bytes=cap))[0]) == 1
    else:
        with pytest.raises(TooLarge, match="line is longer than"):
            read_bytes(tmp_path, content, limits=Limits(line_bytes=cap))


def test_one_huge_line_in_a_small_gzip_is_stopped_before_it_fills_memory(tmp_path):
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = a_vcf().encode() + b"chr1\t100\t.\tA\tG\t50\tPASS\tX="
    packed = engine.compress(head) + b"".join(engine.compress(b"y" * MIB) for _ in range(400)) + engine.flush()
    assert len(packed) < MIB
    with pytest.raises(TooLarge):
        read_bytes(tmp_path, packed)


@pytest.mark.parametrize(("samples", "passes"), [(2, True), (3, True), (4, False)])
def test_the_cap_on_samples(tmp_path, samples, passes):
    names = [f"S{i}" for i in range(samples)]
    content = a_vcf(a_record(calls="GT " + "0/1 " * samples), samples=names).encode()
    if passes:
        assert read_bytes(tmp_path, content, limits=Limits(samples=3))[0].samples == tuple(names)
    else:
        with pytest.raises(TooLarge, match="4 samples; at most 3"):
            read_bytes(tmp_path, content, limits=Limits(samples=3))
        with pytest.raises(TooLarge, match="choose at most 3"):
            read_bytes(tmp_path, content, limits=Limits(chosen_samples=3))


def test_the_cap_on_the_header(tmp_path):
    content = a_vcf(meta=["##x=" + "y" * 5_000]).encode()
    assert len(read_bytes(tmp_path, content, limits=Limits(header_bytes=10_000))[0]) == 0
    with pytest.raises(TooLarge, match="header"):
        read_bytes(tmp_path, content, limits=Limits(header_bytes=1_000))
