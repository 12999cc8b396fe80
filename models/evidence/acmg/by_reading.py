"""Criteria that only a person who reads can judge. They are listed so that nobody takes their absence for an answer."""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification


def _needing(code: str, title: str, what: str) -> Criterion:
    def judge(facts: Facts, panel: Specification | None) -> Answer:
        return lacking(what)

    return Criterion(code, title, RICHARDS, judge)


PS3 = _needing("PS3", "Functional studies show damage", "a person who reads the functional studies")
PS4 = _needing("PS4", "More frequent in patients than in controls", "counts of unrelated patients")
PP4 = _needing("PP4", "Phenotype highly specific for the gene", "a clinician's word on the phenotype")
BS3 = _needing("BS3", "Functional studies show no damage", "a person who reads the functional studies")
BP5 = _needing("BP5", "Another cause was found", "a person's word that another variant explains the patient")
