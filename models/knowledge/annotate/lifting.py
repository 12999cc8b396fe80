"""A case of GRCh37 asks releases of GRCh38 by places that a chain file carries over: never silently."""

from collections.abc import Sequence

import numpy as np

from models.case import Finding
from models.knowledge.annotate import findings
from models.knowledge.annotate.answers import lay, sure_of_absence
from models.knowledge.annotate.draft import Draft
from models.knowledge.annotate.releases import CHAIN, LOOKED_UP, REFERENCE
from models.knowledge.chain import CHAIN_FILE
from models.knowledge.effects.lift import Lift, lifted, read_chains
from models.knowledge.effects.normalise import normalised
from models.knowledge.effects.reference import reference_of
from models.knowledge.library.installed import Installed
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import Alleles
from models.knowledge.positions.join import look_up

HOW = "installed for GRCh38, by lifted places"


def ask_by_lift(draft: Draft, alleles: Alleles, other: Sequence[Installed], progress: Progress) -> tuple[Finding, ...]:
    """Lay what releases of GRCh38 say of the lifted alleles over the table. other: they and the chain file.

    A record is taken where it has the very allele. "Not listed" is an answer only where the installed reference
    of GRCh38 has the lifted REF: elsewhere the two assemblies may differ in what is reference and what variant.
    """
    progress("Carrying variants over to GRCh38", None)
    chain = next(i for i in other if i.source == CHAIN)
    asked = [release for release in other if release.source in LOOKED_UP]
    reference = next((reference_of(i) for i in other if i.source == REFERENCE), None)
    there = lifted(alleles, read_chains(chain.file(CHAIN_FILE)), reference)
    spelled = normalised(there.alleles, reference) if reference else there.alleles
    carried = there.outcome == Lift.LIFTED
    known = carried if reference else np.zeros(len(alleles), np.bool_)
    joined, _ = sure_of_absence(look_up(spelled, asked), asked, known)
    lay(draft, joined, asked, HOW)
    return findings.about_lift(asked, chain, int(carried.sum()), int(alleles.is_sequence.sum()), reference is not None)
