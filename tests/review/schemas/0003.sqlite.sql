BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE chain_head (
	case_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (case_id)
);
INSERT INTO "chain_head" VALUES('c-1',8,'24221dce5e505aea64bc08ddb113c8f483021138be390d8aaaddadfd9ab7dae2');
INSERT INTO "chain_head" VALUES('c-2',3,'6b671fa7b8f3ec934c474b4d2343f6e96878383480bf19c5112dcd7b1ee522c7');
INSERT INTO "chain_head" VALUES('c-3',1,'a33062530e007d5d8974c700306c8dade34c414d969eb67f8271c878068011f6');
INSERT INTO "chain_head" VALUES('installation',2,'31d470e2c8a5974e44b87190eb27aad66a004ffa7c283803768027684ac993c4');
CREATE TABLE deletion (
	case_id TEXT NOT NULL, 
	certificate INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (case_id), 
	CONSTRAINT deletion_of_a_case CHECK (case_id <> 'installation'), 
	UNIQUE (certificate)
);
INSERT INTO "deletion" VALUES('c-4',1,'9dda16a4c939eb3247e2ce2d15503fc72f5b2658b1d81c27895b8c8aada8ccbc');
CREATE TABLE event (
	seq INTEGER NOT NULL, 
	case_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	who TEXT NOT NULL, 
	account TEXT NOT NULL, 
	at TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	first_hash TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT event_version UNIQUE (case_id, version)
);
INSERT INTO "event" VALUES(1,'c-1',1,'term set','Dr A','','2026-11-21T14:00:01.000+00:00','{"excluded": true, "id": "HP:0001250", "label": "Seizure", "origin": "typed"}','{}','','8d8d2ccb63b75cc1acef7c59e72f8ee2ddecc7d98c4dfff137bfe142a4932c71','');
INSERT INTO "event" VALUES(2,'c-1',2,'term set','Dr A','','2026-11-21T14:00:02.000+00:00','{"excluded": false, "id": "HP:0000252", "label": "Microcephaly"}','{}','8d8d2ccb63b75cc1acef7c59e72f8ee2ddecc7d98c4dfff137bfe142a4932c71','b489e6c3f7f5bab73a840a3d327699ff4fbfa2c97ded3d5fe2d42f3e1ff10c93','');
INSERT INTO "event" VALUES(3,'c-2',1,'check overridden','Dr Ä <b>','','2026-11-21T14:00:03.000+00:00','{"code": "wrong-sex", "reason": "an early one"}','{}','','c2bac09bb223402d7fc7c8eacdb5ac25b0f4781c3b9c24bcc34fdeadebcaeb63','');
INSERT INTO "event" VALUES(4,'c-1',3,'term removed','Dr B','','2026-11-21T14:00:04.000+00:00','{"id": "HP:0000252"}','{}','b489e6c3f7f5bab73a840a3d327699ff4fbfa2c97ded3d5fe2d42f3e1ff10c93','87fc1f730c983191efce517bfa6540ae90ee7fa7172bf7aa0348781150f1d940','');
INSERT INTO "event" VALUES(5,'c-2',2,'check overridden','Dr B','','2026-11-21T14:00:05.000+00:00','{"code": "sex", "finding": "wrong-sex-1", "found": "XY", "reason": "r"}','{}','c2bac09bb223402d7fc7c8eacdb5ac25b0f4781c3b9c24bcc34fdeadebcaeb63','c2bb6bb86ee85b99e4a5dabd049642d2a45775b82b18b3351648658b9e23f28f','');
INSERT INTO "event" VALUES(6,'c-2',3,'parents exchanged','Dr B','','2026-11-21T14:00:06.000+00:00','{"code": "swap", "found": "They look exchanged.", "reason": "tubes"}','{}','c2bb6bb86ee85b99e4a5dabd049642d2a45775b82b18b3351648658b9e23f28f','6b671fa7b8f3ec934c474b4d2343f6e96878383480bf19c5112dcd7b1ee522c7','');
INSERT INTO "event" VALUES(7,'c-1',4,'variant shortlisted','Dr A','','2026-11-21T14:00:07.000+00:00','{"allele": "chr1-100-A-T", "note": "=1+1 \u202egniht\u202c \u0000"}','{}','87fc1f730c983191efce517bfa6540ae90ee7fa7172bf7aa0348781150f1d940','46c7a9a39ba6c22f738f2dffa901a0384710f02e735b5a73d6b264e30661fdca','');
INSERT INTO "event" VALUES(8,'c-1',5,'variant shortlisted','Dr A','','2026-11-21T14:00:08.000+00:00','{"allele": "chr2-200-C-G", "note": ""}','{}','46c7a9a39ba6c22f738f2dffa901a0384710f02e735b5a73d6b264e30661fdca','16e710e53992263c12fd571571067c3d1252888640e1cc55168fcb60e83e698c','');
INSERT INTO "event" VALUES(9,'c-1',6,'variant dismissed','Dr B','','2026-11-21T14:00:07.000+00:00','{"allele": "chr1-100-A-T", "reason": "in both parents"}','{}','16e710e53992263c12fd571571067c3d1252888640e1cc55168fcb60e83e698c','e93bd5b2b9f03bc7b45499ccf5243b2aaa313c74d831bc26ed8e6d946fef6ae9','');
INSERT INTO "event" VALUES(10,'c-1',7,'suggestion rejected','Dr A','','2026-11-21T14:00:09.000+00:00','{"id": "HP:0001263", "sentence_sha256": "ab"}','{}','e93bd5b2b9f03bc7b45499ccf5243b2aaa313c74d831bc26ed8e6d946fef6ae9','0fcf85711b9581ab778b8de830e1af5700155679382d07cbe736c1ecba84bdf5','');
INSERT INTO "event" VALUES(11,'c-3',1,'learner committed','Ada','','2026-11-21T14:00:10.000+00:00','{"alleles": ["chr1-100-A-T"], "class": "Pathogenic", "reason": "fits"}','{}','','a33062530e007d5d8974c700306c8dade34c414d969eb67f8271c878068011f6','');
INSERT INTO "event" VALUES(12,'c-1',8,'changes seen','Dr A','','2026-11-21T14:00:11.000+00:00','{"releases": ["ClinVar 2026-11-15"], "snapshot": "s-1"}','{}','0fcf85711b9581ab778b8de830e1af5700155679382d07cbe736c1ecba84bdf5','24221dce5e505aea64bc08ddb113c8f483021138be390d8aaaddadfd9ab7dae2','');
INSERT INTO "event" VALUES(14,'installation',1,'deletion begun','Dr B','','2026-11-21T14:00:30.000+00:00','{"asked_by": "", "beyond_reach": ["Backups made before this deletion, wherever they were taken.", "What the disk keeps of removed files, unless it is encrypted.", "What was exported or submitted elsewhere, and the files it came from."], "case_id": "c-4", "chain_was": "", "earlier": [], "note": "", "number": 1, "reason": "the patient asked for it", "removed": {"bytes": 0, "chain_head": "8f3336d0913173e53219e123f32aa050c901e232415802919e5549e5e251eb44", "decisions": 1, "files": 0, "files_sha256": "", "reports": 0}, "rule": "No retention period is set here ($CASEBOARD_RETENTION_YEARS)."}','{}','','9dda16a4c939eb3247e2ce2d15503fc72f5b2658b1d81c27895b8c8aada8ccbc','');
INSERT INTO "event" VALUES(15,'installation',2,'deletion completed','Dr B','','2026-11-21T14:00:30.000+00:00','{"certificate": 1}','{}','9dda16a4c939eb3247e2ce2d15503fc72f5b2658b1d81c27895b8c8aada8ccbc','31d470e2c8a5974e44b87190eb27aad66a004ffa7c283803768027684ac993c4','');
CREATE TRIGGER event_is_final BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER event_is_new BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq=NEW.seq OR (case_id=NEW.case_id AND version=NEW.version)) BEGIN SELECT RAISE(ABORT, 'decisions are never replaced'); END;
CREATE TRIGGER chain_head_grows BEFORE UPDATE ON chain_head WHEN NEW.case_id<>OLD.case_id OR NEW.version<>OLD.version+1 BEGIN SELECT RAISE(ABORT, 'a chain only grows'); END;
CREATE TRIGGER chain_head_is_new BEFORE INSERT ON chain_head WHEN EXISTS (SELECT 1 FROM chain_head WHERE case_id=NEW.case_id) BEGIN SELECT RAISE(ABORT, 'a chain is never replaced'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE case_id=OLD.case_id) BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
CREATE TRIGGER chain_head_stays BEFORE DELETE ON chain_head WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE case_id=OLD.case_id) BEGIN SELECT RAISE(ABORT, 'a chain is never removed'); END;
CREATE TRIGGER event_of_a_case BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM deletion WHERE case_id=NEW.case_id) BEGIN SELECT RAISE(ABORT, 'this case was deleted'); END;
CREATE TRIGGER chain_of_a_case BEFORE INSERT ON chain_head WHEN EXISTS (SELECT 1 FROM deletion WHERE case_id=NEW.case_id) BEGIN SELECT RAISE(ABORT, 'this case was deleted'); END;
CREATE TRIGGER deletion_is_final BEFORE UPDATE ON deletion BEGIN SELECT RAISE(ABORT, 'a certificate is never changed'); END;
CREATE TRIGGER deletion_stays BEFORE DELETE ON deletion BEGIN SELECT RAISE(ABORT, 'a certificate is never removed'); END;
CREATE TRIGGER deletion_is_certified BEFORE INSERT ON deletion WHEN NOT EXISTS (SELECT 1 FROM event WHERE case_id='installation' AND kind='deletion begun' AND version=NEW.certificate AND hash=NEW.hash) OR EXISTS (SELECT 1 FROM deletion WHERE case_id=NEW.case_id) OR EXISTS (SELECT 1 FROM deletion WHERE certificate=NEW.certificate) BEGIN SELECT RAISE(ABORT, 'a deletion needs its own certificate'); END;
COMMIT;
