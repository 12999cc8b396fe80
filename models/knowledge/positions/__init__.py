"""What is known at a position: one sorted table a source and build, joined to a case by a 64-bit key.

The answer of a join is exact: found, absent (looked up where the source looked, and not there), or not
assessed (outside of what the source covers, or an allele that it does not describe).
"""
