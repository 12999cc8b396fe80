"""A change in what reading gives must raise READER_VERSION, or cases kept earlier would pass for read today."""

import hashlib
import json

from models.intake import READER_VERSION, CaseOptions, GivenFile, read_case
from tests.intake.vcf_builder import CSQ, a_record, a_vcf

# (version, what the files below gave then). When the second differs: raise the version, take the new one.
KNOWN = (5, "b742488d718c4eb6")


def test_what_reading_gives_belongs_to_the_version_of_the_reader(tmp_path):
    records = (
        a_record(pos=5, info="CSQ=G|missense_variant|BRCA2|0.0001;CLNSIG=Pathogenic"),
        a_record(pos=9, alt="G,T", info="CSQ=G|stop_gained|TTN|,T|synonymous_variant|TTN|0.2"),
        a_record(pos=12, ref="CAA", alt="C", info="DP=3"),
    )
    clinvar = '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="x">'
    meta = [CSQ.format("Allele|Consequence|SYMBOL|gnomADe_AF"), clinvar]
    (tmp_path / "v").write_text(a_vcf(*records, meta=meta))
    (tmp_path / "t").write_text("HP:0001250\nseizure\n")
    given = [GivenFile(tmp_path / "v", "a.vcf"), GivenFile(tmp_path / "t", "t.txt")]
    (tmp_path / "work").mkdir()
    case = read_case(given, tmp_path / "work", CaseOptions())
    calls = {name: array.tolist() for name, array in vars(case.variants.genotypes).items()}
    findings = [(f.code, f.severity.value, f.where) for f in case.findings]
    said = case.variants.frame.to_csv(float_format="%.6g") + json.dumps(calls) + json.dumps(findings)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    assert (READER_VERSION, digest) == KNOWN, "raise models.intake.folder.READER_VERSION and note what it gives"
