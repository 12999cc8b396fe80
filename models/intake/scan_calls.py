"""Compiled scan of the sample columns: genotypes, depths and qualities in the callers' dialects."""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR0913, PLR0917
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_bytes import (
    COLON,
    COMMA,
    DOT,
    ONE,
    PERCENT,
    PIPE,
    RETURN,
    SLASH,
    THREE,
    TWO,
    ZERO,
    find_stop,
    list_item,
    look_up,
    read_float,
    read_int,
    same,
)
from models.intake.scan_plan import (
    ALL_READS,
    ALLELE_OUT_OF_RANGE,
    ALT_COPIES,
    ALT_READS,
    ALT_READS_OF,
    BAD_GENOTYPE,
    BASE_A,
    BASE_C,
    BASE_G,
    BASE_T,
    CALLED_COPIES,
    DEPTH,
    DEPTH_READS,
    DP4,
    FORMAT_FIELDS,
    FORMAT_LENGTH,
    FORMAT_SPACE,
    GO_ON,
    GQ,
    GQ_PHRED,
    GT,
    HAPLOTYPE,
    INDEL_READS,
    LENGTH,
    LOCAL_GT,
    LOCAL_ID,
    NO_ROLE,
    ONE_ALT_READS,
    PAIR_READS,
    PHASE_SET,
    PHASE_SET_OF,
    PLOIDY,
    REF_READS,
    ROLES,
    SPARE_DEPTH,
    SPARE_GQ,
    SPLIT_READS,
    START,
    TOO_MANY_FIELDS,
    VAF,
    VAF_PERCENT,
)

_LARGEST_GQ = 32_767
_LARGEST_COUNT = 2_147_483_647


@compiled
def read_format(text, at, plan, scratch):
    """Roles of the FORMAT subfields; kept from the last line when it is the same. Returns the end."""
    first = at
    at = find_stop(text, at, plan.column_stops)
    length = at - first
    if length == scratch.format_state[FORMAT_LENGTH] and same(text, first, scratch.format_text, ZERO, length):
        return at
    fields, start = ZERO, first
    for i in range(first, at + 1):
        if i == at or text[i] == COLON:
            if fields < scratch.roles.size:
                scratch.roles[fields] = max(look_up(text, start, i - start, FORMAT_SPACE, plan), NO_ROLE)
            fields, start = fields + 1, i + 1
    scratch.format_state[FORMAT_FIELDS] = fields
    scratch.format_state[FORMAT_LENGTH] = -1
    if length <= scratch.format_text.size:
        scratch.format_state[FORMAT_LENGTH] = length
        for i in range(length):
            scratch.format_text[i] = text[first + i]
    return at


@compiled
def split_sample(text, at, scratch):
    """Spans of one sample's subfields by role. Returns (position after the column, subfields)."""
    for role in range(ROLES):
        scratch.fields[role, LENGTH] = -1
    field, first, fields = ZERO, at, scratch.roles.size
    while True:
        c = text[at]
        if c == COLON or c <= RETURN:
            if field < fields:
                role = scratch.roles[field]
                if role != NO_ROLE and scratch.fields[role, LENGTH] < 0:
                    scratch.fields[role, START], scratch.fields[role, LENGTH] = first, at - first
            field += 1
            if c != COLON:
                return at, field
            first = at + 1
        at += 1


@compiled
def read_genotype(text, scratch, alts):
    """Alleles of GT into scratch. Returns (reason to stop, ploidy, is_phased); missing is -1."""
    at, length = scratch.fields[GT, START], scratch.fields[GT, LENGTH]
    end, ploidy, phased = at + length, ZERO, False
    if length > 0 and (text[at] == PIPE or text[at] == SLASH):  # VCF 4.4: leading phasing mark
        at += 1
    while at < end:
        if ploidy == scratch.alleles.size:
            return BAD_GENOTYPE, ploidy, phased
        if text[at] == DOT:
            scratch.alleles[ploidy], at = -1, at + 1
        else:
            first = at
            while at < end and 48 <= text[at] <= 57:
                at += 1
            value, ok = read_int(text, first, at - first)
            if not ok:
                return BAD_GENOTYPE, ploidy, phased
            if value > max(alts, 1):
                return ALLELE_OUT_OF_RANGE, ploidy, phased
            scratch.alleles[ploidy] = value
        ploidy += 1
        if at < end:
            if (text[at] != SLASH and text[at] != PIPE) or at + 1 == end:
                return BAD_GENOTYPE, ploidy, phased
            phased = phased or text[at] == PIPE
            at += 1
    return GO_ON, ploidy, phased


@compiled
def write_genotype(scratch, ploidy, phased, alt, row, column, batch):
    """Copies of ALT number `alt` (from 1) in one sample."""
    copies = called = haplotype = ZERO
    for i in range(ploidy):
        allele = scratch.alleles[i]
        called += allele >= 0
        if allele == alt:
            copies += 1
            haplotype |= 1 << min(i, 1)
    batch.calls[ALT_COPIES, row, column] = copies if called else -1
    batch.calls[CALLED_COPIES, row, column] = called
    batch.calls[PLOIDY, row, column] = ploidy
    batch.calls[HAPLOTYPE, row, column] = haplotype if phased and ploidy == 2 else 0


@compiled
def _number(text, role, scratch):
    """A single whole number of a role, -1 missing."""
    if scratch.fields[role, LENGTH] <= 0:
        return np.int64(-1)
    value, ok = read_int(text, scratch.fields[role, START], scratch.fields[role, LENGTH])
    return min(value, _LARGEST_COUNT) if ok and value >= 0 else np.int64(-1)


@compiled
def _item(text, role, scratch, wanted):
    """Item `wanted` of a role's list, -1 missing."""
    if scratch.fields[role, LENGTH] <= 0:
        return np.int64(-1)
    start, length, _ = list_item(text, scratch.fields[role, START], scratch.fields[role, LENGTH], wanted)
    if length <= 0:
        return np.int64(-1)
    value, ok = read_int(text, start, length)
    return min(value, _LARGEST_COUNT) if ok and value >= 0 else np.int64(-1)


@compiled
def _sum(text, role, scratch):
    """Sum of a role's list without its missing items, -1 when all are missing."""
    total, first = np.int64(-1), scratch.fields[role, START]
    if scratch.fields[role, LENGTH] <= 0:
        return total
    end = first + scratch.fields[role, LENGTH]
    for at in range(first, end + 1):
        if at == end or text[at] == COMMA:
            value, ok = read_int(text, first, at - first)
            if ok and value >= 0:
                total = max(total, 0) + value
            first = at + 1
    return min(total, _LARGEST_COUNT)


@compiled
def _base_role(c):
    c = c & 223
    if c == 65:
        return BASE_A
    if c == 67:
        return BASE_C
    if c == 71:
        return BASE_G
    return BASE_T if c == 84 else -ONE


@compiled
def alt_reads_of(text, alt, scratch):
    """Reads with ALT number `alt` (from 1): AD, else AO, else the dialects. -1 missing."""
    reads = _item(text, ALL_READS, scratch, alt)
    if reads < 0:
        reads = _item(text, ALT_READS, scratch, alt - 1)
    if reads < 0 and alt == 1:
        reads = _number(text, ONE_ALT_READS, scratch)
    if reads < 0 and scratch.fields[DP4, LENGTH] > 0 and alt == 1:
        forward, backward = _item(text, DP4, scratch, TWO), _item(text, DP4, scratch, THREE)
        reads = forward + backward if forward >= 0 and backward >= 0 else np.int64(-1)
    if reads < 0 and scratch.alts[alt - 1, LENGTH] == 1:  # Strelka: tier-1 reads of each base
        role = _base_role(text[scratch.alts[alt - 1, START]])
        reads = _item(text, role, scratch, ZERO) if role >= 0 else np.int64(-1)
    if reads < 0:
        reads = _item(text, INDEL_READS, scratch, ZERO)
    if reads < 0:  # Manta: spanning pairs and split reads, reference first
        pairs, splits = _item(text, PAIR_READS, scratch, alt), _item(text, SPLIT_READS, scratch, alt)
        reads = max(pairs, 0) + max(splits, 0) if pairs >= 0 or splits >= 0 else np.int64(-1)
    return reads


@compiled
def depth_of(text, scratch, alts):
    """Reads in all: DP, else the sum of what counts alleles. -1 missing."""
    depth = _number(text, DEPTH, scratch)
    if depth < 0:
        depth = _number(text, SPARE_DEPTH, scratch)
    if depth < 0:
        depth = _sum(text, ALL_READS, scratch)
    if depth < 0:
        ref, alt = _number(text, REF_READS, scratch), _sum(text, ALT_READS, scratch)
        if alt < 0:
            alt = _number(text, ONE_ALT_READS, scratch)
        depth = ref + alt if ref >= 0 and alt >= 0 else np.int64(-1)
    if depth < 0:
        depth = _sum(text, DP4, scratch)
    if depth < 0:
        pairs, splits = _sum(text, PAIR_READS, scratch), _sum(text, SPLIT_READS, scratch)
        depth = max(pairs, 0) + max(splits, 0) if pairs >= 0 or splits >= 0 else np.int64(-1)
    return depth


@compiled
def vaf_of(text, alt, scratch, reads, depth):
    """Fraction of reads with ALT: the caller's own, else reads / depth. NaN missing; never above 1."""
    value = np.nan
    if scratch.fields[VAF, LENGTH] > 0:
        start, length, _ = list_item(text, scratch.fields[VAF, START], scratch.fields[VAF, LENGTH], alt - 1)
        value = read_float(text, start, length) if length > 0 else np.nan
    if np.isnan(value) and scratch.fields[VAF_PERCENT, LENGTH] > 0:
        start, length, _ = list_item(
            text, scratch.fields[VAF_PERCENT, START], scratch.fields[VAF_PERCENT, LENGTH], alt - 1
        )
        if length > 1 and text[start + length - 1] == PERCENT:
            value = read_float(text, start, length - 1) / 100.0
        elif length > 0:
            value = read_float(text, start, length)
    total = _sum(text, ALL_READS, scratch)
    total = total if total > 0 else depth
    if np.isnan(value) and reads >= 0 and total > 0:
        value = reads / total
    return value if 0.0 <= value <= 1.0 else np.nan


@compiled
def write_call(text, scratch, ploidy, phased, alt, alts, row, column, batch):
    """All values of one sample for ALT number `alt` (from 1)."""
    write_genotype(scratch, ploidy, phased, alt, row, column, batch)
    gq = _number(text, GQ, scratch)
    if gq < 0:
        gq = _number(text, SPARE_GQ, scratch)
    batch.calls[GQ_PHRED, row, column] = min(gq, _LARGEST_GQ)
    depth = depth_of(text, scratch, alts)
    reads = alt_reads_of(text, alt, scratch) if alts else np.int64(-1)
    batch.calls[DEPTH_READS, row, column] = depth
    batch.calls[ALT_READS_OF, row, column] = reads
    batch.vaf[row, column] = vaf_of(text, alt, scratch, reads, depth) if alts else np.nan
    batch.calls[PHASE_SET_OF, row, column] = max(_number(text, PHASE_SET, scratch), 0)
    if batch.calls[HAPLOTYPE, row, column] == 0 and scratch.fields[LOCAL_GT, LENGTH] == 3:
        _local_phase(text, scratch, alt, row, column, batch)


@compiled
def clear_calls(row, rows, batch):
    """Nothing was called in these rows."""
    for to in range(row, row + rows):
        for column in range(batch.vaf.shape[1]):
            for field in range(batch.calls.shape[0]):
                batch.calls[field, to, column] = 0
            batch.calls[ALT_COPIES, to, column] = -1
            batch.calls[GQ_PHRED, to, column] = -1
            batch.calls[DEPTH_READS, to, column] = -1
            batch.calls[ALT_READS_OF, to, column] = -1
            batch.vaf[to, column] = np.nan


@compiled
def _local_phase(text, scratch, alt, row, column, batch):
    """GATK's PGT and PID: phase among neighbours, named by the position in PID ("1000_A_T")."""
    at = scratch.fields[LOCAL_GT, START]
    if text[at + 1] != PIPE or batch.calls[ALT_COPIES, row, column] != 1 or scratch.fields[LOCAL_ID, LENGTH] <= 0:
        return
    position, end = np.int64(0), scratch.fields[LOCAL_ID, START]
    while end < scratch.fields[LOCAL_ID, START] + scratch.fields[LOCAL_ID, LENGTH] and 48 <= text[end] <= 57:
        position, end = position * 10 + (text[end] - 48), end + 1
    left, right = text[at] != 48, text[at + 2] != 48
    if position <= 0 or position > _LARGEST_COUNT or left == right:
        return
    batch.calls[HAPLOTYPE, row, column] = 1 if left else 2
    batch.calls[PHASE_SET_OF, row, column] = position


@compiled
def stop_for_fields(fields, scratch):
    """TOO_MANY_FIELDS when a sample has more subfields than FORMAT names."""
    return TOO_MANY_FIELDS if fields > scratch.format_state[FORMAT_FIELDS] else GO_ON
