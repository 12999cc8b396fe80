"""What a change does to its gene: alleles normalised against the reference, consequences, HGVS on MANE."""
