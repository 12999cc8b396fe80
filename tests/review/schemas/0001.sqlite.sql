BEGIN TRANSACTION;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
INSERT INTO "event" VALUES(1,'c-1','term set','Dr A','2026-11-21T14:00:01.000+00:00','{"excluded": true, "id": "HP:0001250", "label": "Seizure", "origin": "typed"}','','668151d02ad273e097c64d5a1167a15712a9ab48de3f76400515a890fc6f3f56');
INSERT INTO "event" VALUES(2,'c-1','term set','Dr A','2026-11-21T14:00:02.000+00:00','{"excluded": false, "id": "HP:0000252", "label": "Microcephaly"}','668151d02ad273e097c64d5a1167a15712a9ab48de3f76400515a890fc6f3f56','2b362bc4c3049546ea83e80178d68f5df7a3a7d6793bc89f9ff215de92321746');
INSERT INTO "event" VALUES(3,'c-2','check overridden','Dr Ä <b>','2026-11-21T14:00:03.000+00:00','{"code": "wrong-sex", "reason": "an early one"}','2b362bc4c3049546ea83e80178d68f5df7a3a7d6793bc89f9ff215de92321746','4934d01d3eeda9df0894841009c046b31376d3db80a782f90d1d66def3c2103e');
INSERT INTO "event" VALUES(4,'c-1','term removed','Dr B','2026-11-21T14:00:04.000+00:00','{"id": "HP:0000252"}','4934d01d3eeda9df0894841009c046b31376d3db80a782f90d1d66def3c2103e','ea027ff07d185dc28365dfb8e98a2fa08d14c28ffc123fe2062ac35a1cb9f73a');
INSERT INTO "event" VALUES(5,'c-2','check overridden','Dr B','2026-11-21T14:00:05.000+00:00','{"code": "sex", "finding": "wrong-sex-1", "found": "XY", "reason": "r"}','ea027ff07d185dc28365dfb8e98a2fa08d14c28ffc123fe2062ac35a1cb9f73a','0e67ef4ef70bee30e08501510fc707858209b784f7a7ac546d2deab8aa4ff47a');
INSERT INTO "event" VALUES(6,'c-2','parents exchanged','Dr B','2026-11-21T14:00:06.000+00:00','{"code": "swap", "found": "They look exchanged.", "reason": "tubes"}','0e67ef4ef70bee30e08501510fc707858209b784f7a7ac546d2deab8aa4ff47a','f7201ee29dcddb0b1a7151f6fb27fd94b3d9700d77050308efa2fe0b833058ab');
INSERT INTO "event" VALUES(7,'c-1','variant shortlisted','Dr A','2026-11-21T14:00:07.000+00:00','{"allele": "chr1-100-A-T", "note": "=1+1 ‮gniht‬ \u0000"}','f7201ee29dcddb0b1a7151f6fb27fd94b3d9700d77050308efa2fe0b833058ab','6da991f1457d1de4225c4868a7305893451fccc3d43cf4088887a89d6c2175d7');
INSERT INTO "event" VALUES(8,'c-1','variant shortlisted','Dr A','2026-11-21T14:00:08.000+00:00','{"allele": "chr2-200-C-G", "note": ""}','6da991f1457d1de4225c4868a7305893451fccc3d43cf4088887a89d6c2175d7','02aacd6248e2d992fec4fc6d9857f999105e8bd88fba3d3121cf852a7fdb12b6');
INSERT INTO "event" VALUES(9,'c-1','variant dismissed','Dr B','2026-11-21T14:00:07.000+00:00','{"allele": "chr1-100-A-T", "reason": "in both parents"}','02aacd6248e2d992fec4fc6d9857f999105e8bd88fba3d3121cf852a7fdb12b6','5cb71785733125332c7ac6a54756b900ed96514621a542aaec966adbbaa3274c');
INSERT INTO "event" VALUES(10,'c-1','suggestion rejected','Dr A','2026-11-21T14:00:09.000+00:00','{"id": "HP:0001263", "sentence_sha256": "ab"}','5cb71785733125332c7ac6a54756b900ed96514621a542aaec966adbbaa3274c','1f9e5b560c7f1e7133903b38db99bf3bfe1523caa6c5479137a6114775bc38f6');
INSERT INTO "event" VALUES(11,'c-3','learner committed','Ada','2026-11-21T14:00:10.000+00:00','{"alleles": ["chr1-100-A-T"], "class": "Pathogenic", "reason": "fits"}','1f9e5b560c7f1e7133903b38db99bf3bfe1523caa6c5479137a6114775bc38f6','10d1b47ed367686719c4bb8460b160ba1f04a1441e0680c12d975be74246a8e3');
INSERT INTO "event" VALUES(12,'c-1','changes seen','Dr A','2026-11-21T14:00:11.000+00:00','{"releases": ["ClinVar 2026-11-15"], "snapshot": "s-1"}','10d1b47ed367686719c4bb8460b160ba1f04a1441e0680c12d975be74246a8e3','95cd11d6a038006233db62ccc8a2a153626a5705a3aaafba53dbe1493ba209f4');
CREATE INDEX event_case ON event (case_id, seq);
CREATE TRIGGER event_is_final BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',12);
COMMIT;
