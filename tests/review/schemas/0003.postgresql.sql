--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: caseboard_certificate(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.caseboard_certificate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM event WHERE case_id='installation' AND kind='deletion begun' AND version=NEW.certificate AND hash=NEW.hash) THEN RAISE EXCEPTION 'a deletion needs its own certificate'; END IF; RETURN NEW; END $$;


--
-- Name: caseboard_certified_only(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.caseboard_certified_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM deletion WHERE case_id=OLD.case_id) THEN RAISE EXCEPTION 'decisions are never changed or removed'; END IF; RETURN OLD; END $$;


--
-- Name: caseboard_never(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.caseboard_never() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'decisions are never changed or removed'; END $$;


--
-- Name: caseboard_not_deleted(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.caseboard_not_deleted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM deletion WHERE case_id=NEW.case_id) THEN RAISE EXCEPTION 'this case was deleted'; END IF; RETURN NEW; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: chain_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.chain_head (
    case_id text NOT NULL,
    version bigint NOT NULL,
    hash text NOT NULL
);


--
-- Name: deletion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.deletion (
    case_id text NOT NULL,
    certificate bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT deletion_of_a_case CHECK ((case_id <> 'installation'::text))
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    seq bigint NOT NULL,
    case_id text NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    who text NOT NULL,
    account text NOT NULL,
    at text NOT NULL,
    payload text NOT NULL,
    evidence text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    first_hash text NOT NULL
);
ALTER TABLE ONLY public.event ALTER COLUMN payload SET STATISTICS 0;
ALTER TABLE ONLY public.event ALTER COLUMN evidence SET STATISTICS 0;


--
-- Name: event_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.event_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: event_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.event_seq OWNED BY public.event.seq;


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0003');


--
-- Data for Name: chain_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.chain_head VALUES ('c-2', 3, '6b671fa7b8f3ec934c474b4d2343f6e96878383480bf19c5112dcd7b1ee522c7');
INSERT INTO public.chain_head VALUES ('c-3', 1, 'a33062530e007d5d8974c700306c8dade34c414d969eb67f8271c878068011f6');
INSERT INTO public.chain_head VALUES ('c-1', 8, '24221dce5e505aea64bc08ddb113c8f483021138be390d8aaaddadfd9ab7dae2');
INSERT INTO public.chain_head VALUES ('installation', 2, '47e8bef19cdbcc976aeac62ad760bf4627769c449368f105eb18d6c9d16a76fc');


--
-- Data for Name: deletion; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.deletion VALUES ('c-4', 1, 'afa26afb54dc726eade528829f89ce6373a9e58c04c50e6815f754b9bdebe5ae');


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 'c-1', 1, 'term set', 'Dr A', '', '2026-11-21T14:00:01.000+00:00', '{"excluded": true, "id": "HP:0001250", "label": "Seizure", "origin": "typed"}', '{}', '', '8d8d2ccb63b75cc1acef7c59e72f8ee2ddecc7d98c4dfff137bfe142a4932c71', '');
INSERT INTO public.event VALUES (2, 'c-1', 2, 'term set', 'Dr A', '', '2026-11-21T14:00:02.000+00:00', '{"excluded": false, "id": "HP:0000252", "label": "Microcephaly"}', '{}', '8d8d2ccb63b75cc1acef7c59e72f8ee2ddecc7d98c4dfff137bfe142a4932c71', 'b489e6c3f7f5bab73a840a3d327699ff4fbfa2c97ded3d5fe2d42f3e1ff10c93', '');
INSERT INTO public.event VALUES (3, 'c-2', 1, 'check overridden', 'Dr Ä <b>', '', '2026-11-21T14:00:03.000+00:00', '{"code": "wrong-sex", "reason": "an early one"}', '{}', '', 'c2bac09bb223402d7fc7c8eacdb5ac25b0f4781c3b9c24bcc34fdeadebcaeb63', '');
INSERT INTO public.event VALUES (4, 'c-1', 3, 'term removed', 'Dr B', '', '2026-11-21T14:00:04.000+00:00', '{"id": "HP:0000252"}', '{}', 'b489e6c3f7f5bab73a840a3d327699ff4fbfa2c97ded3d5fe2d42f3e1ff10c93', '87fc1f730c983191efce517bfa6540ae90ee7fa7172bf7aa0348781150f1d940', '');
INSERT INTO public.event VALUES (5, 'c-2', 2, 'check overridden', 'Dr B', '', '2026-11-21T14:00:05.000+00:00', '{"code": "sex", "finding": "wrong-sex-1", "found": "XY", "reason": "r"}', '{}', 'c2bac09bb223402d7fc7c8eacdb5ac25b0f4781c3b9c24bcc34fdeadebcaeb63', 'c2bb6bb86ee85b99e4a5dabd049642d2a45775b82b18b3351648658b9e23f28f', '');
INSERT INTO public.event VALUES (6, 'c-2', 3, 'parents exchanged', 'Dr B', '', '2026-11-21T14:00:06.000+00:00', '{"code": "swap", "found": "They look exchanged.", "reason": "tubes"}', '{}', 'c2bb6bb86ee85b99e4a5dabd049642d2a45775b82b18b3351648658b9e23f28f', '6b671fa7b8f3ec934c474b4d2343f6e96878383480bf19c5112dcd7b1ee522c7', '');
INSERT INTO public.event VALUES (7, 'c-1', 4, 'variant shortlisted', 'Dr A', '', '2026-11-21T14:00:07.000+00:00', '{"allele": "chr1-100-A-T", "note": "=1+1 \u202egniht\u202c \u0000"}', '{}', '87fc1f730c983191efce517bfa6540ae90ee7fa7172bf7aa0348781150f1d940', '46c7a9a39ba6c22f738f2dffa901a0384710f02e735b5a73d6b264e30661fdca', '');
INSERT INTO public.event VALUES (8, 'c-1', 5, 'variant shortlisted', 'Dr A', '', '2026-11-21T14:00:08.000+00:00', '{"allele": "chr2-200-C-G", "note": ""}', '{}', '46c7a9a39ba6c22f738f2dffa901a0384710f02e735b5a73d6b264e30661fdca', '16e710e53992263c12fd571571067c3d1252888640e1cc55168fcb60e83e698c', '');
INSERT INTO public.event VALUES (9, 'c-1', 6, 'variant dismissed', 'Dr B', '', '2026-11-21T14:00:07.000+00:00', '{"allele": "chr1-100-A-T", "reason": "in both parents"}', '{}', '16e710e53992263c12fd571571067c3d1252888640e1cc55168fcb60e83e698c', 'e93bd5b2b9f03bc7b45499ccf5243b2aaa313c74d831bc26ed8e6d946fef6ae9', '');
INSERT INTO public.event VALUES (10, 'c-1', 7, 'suggestion rejected', 'Dr A', '', '2026-11-21T14:00:09.000+00:00', '{"id": "HP:0001263", "sentence_sha256": "ab"}', '{}', 'e93bd5b2b9f03bc7b45499ccf5243b2aaa313c74d831bc26ed8e6d946fef6ae9', '0fcf85711b9581ab778b8de830e1af5700155679382d07cbe736c1ecba84bdf5', '');
INSERT INTO public.event VALUES (11, 'c-3', 1, 'learner committed', 'Ada', '', '2026-11-21T14:00:10.000+00:00', '{"alleles": ["chr1-100-A-T"], "class": "Pathogenic", "reason": "fits"}', '{}', '', 'a33062530e007d5d8974c700306c8dade34c414d969eb67f8271c878068011f6', '');
INSERT INTO public.event VALUES (12, 'c-1', 8, 'changes seen', 'Dr A', '', '2026-11-21T14:00:11.000+00:00', '{"releases": ["ClinVar 2026-11-15"], "snapshot": "s-1"}', '{}', '0fcf85711b9581ab778b8de830e1af5700155679382d07cbe736c1ecba84bdf5', '24221dce5e505aea64bc08ddb113c8f483021138be390d8aaaddadfd9ab7dae2', '');
INSERT INTO public.event VALUES (14, 'installation', 1, 'deletion begun', 'Dr B', '', '2026-11-21T14:00:30.000+00:00', '{"asked_by": "", "beyond_reach": ["Backups made before this deletion, wherever they were taken.", "The database server''s own backups, replicas and write-ahead log.", "What was exported or submitted elsewhere, and the files it came from."], "case_id": "c-4", "chain_was": "", "earlier": [], "note": "", "number": 1, "reason": "the patient asked for it", "removed": {"bytes": 0, "chain_head": "8f3336d0913173e53219e123f32aa050c901e232415802919e5549e5e251eb44", "decisions": 1, "files": 0, "files_sha256": "", "reports": 0}, "rule": "No retention period is set here ($CASEBOARD_RETENTION_YEARS)."}', '{}', '', 'afa26afb54dc726eade528829f89ce6373a9e58c04c50e6815f754b9bdebe5ae', '');
INSERT INTO public.event VALUES (15, 'installation', 2, 'deletion completed', 'Dr B', '', '2026-11-21T14:00:30.000+00:00', '{"certificate": 1}', '{}', 'afa26afb54dc726eade528829f89ce6373a9e58c04c50e6815f754b9bdebe5ae', '47e8bef19cdbcc976aeac62ad760bf4627769c449368f105eb18d6c9d16a76fc', '');


--
-- Name: event_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.event_seq', 15, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: chain_head chain_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.chain_head
    ADD CONSTRAINT chain_head_pkey PRIMARY KEY (case_id);


--
-- Name: deletion deletion_certificate_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deletion
    ADD CONSTRAINT deletion_certificate_key UNIQUE (certificate);


--
-- Name: deletion deletion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deletion
    ADD CONSTRAINT deletion_pkey PRIMARY KEY (case_id);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (seq);


--
-- Name: event event_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_version UNIQUE (case_id, version);


--
-- Name: chain_head chain_head_grows; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER chain_head_grows BEFORE UPDATE ON public.chain_head FOR EACH ROW WHEN (((new.case_id <> old.case_id) OR (new.version <> (old.version + 1)))) EXECUTE FUNCTION public.caseboard_never();


--
-- Name: chain_head chain_head_is_kept; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER chain_head_is_kept BEFORE TRUNCATE ON public.chain_head FOR EACH STATEMENT EXECUTE FUNCTION public.caseboard_never();


--
-- Name: chain_head chain_head_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER chain_head_stays BEFORE DELETE ON public.chain_head FOR EACH ROW EXECUTE FUNCTION public.caseboard_certified_only();


--
-- Name: chain_head chain_of_a_case; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER chain_of_a_case BEFORE INSERT ON public.chain_head FOR EACH ROW EXECUTE FUNCTION public.caseboard_not_deleted();


--
-- Name: deletion deletion_is_certified; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER deletion_is_certified BEFORE INSERT ON public.deletion FOR EACH ROW EXECUTE FUNCTION public.caseboard_certificate();


--
-- Name: deletion deletion_is_final; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER deletion_is_final BEFORE DELETE OR UPDATE ON public.deletion FOR EACH ROW EXECUTE FUNCTION public.caseboard_never();


--
-- Name: deletion deletion_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER deletion_stays BEFORE TRUNCATE ON public.deletion FOR EACH STATEMENT EXECUTE FUNCTION public.caseboard_never();


--
-- Name: event event_is_final; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_is_final BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.caseboard_never();


--
-- Name: event event_is_kept; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_is_kept BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION public.caseboard_certified_only();


--
-- Name: event event_of_a_case; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_of_a_case BEFORE INSERT ON public.event FOR EACH ROW EXECUTE FUNCTION public.caseboard_not_deleted();


--
-- Name: event event_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_stays BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.caseboard_never();


--
-- PostgreSQL database dump complete
--


