"""The first schema: every table of the skeleton, and the triggers that keep what was sent as it was."""

# ruff: noqa: E501 - the triggers are kept as the database is told them

import sqlalchemy as sa
from alembic import op

import agency.kit.db.types

revision = "0001"
down_revision = None

# Facts that are told somewhere.
TOLD = "(verb NOT IN ('link.made', 'hours.logged', 'hours.corrected', 'document.ready', 'mail.sent', 'smeta.edited'))"

SQLITE = (
    """CREATE TRIGGER facts_frozen_update BEFORE UPDATE ON facts WHEN TRUE BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    """CREATE TRIGGER facts_frozen_delete BEFORE DELETE ON facts WHEN TRUE BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    """CREATE TRIGGER seals_frozen_update BEFORE UPDATE ON seals WHEN TRUE BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END""",
    """CREATE TRIGGER seals_frozen_delete BEFORE DELETE ON seals WHEN TRUE BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END""",
    """CREATE TRIGGER briefs_frozen_update BEFORE UPDATE ON briefs WHEN OLD.state <> 'draft' AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."type" IS DISTINCT FROM NEW."type" OR OLD."type_version" IS DISTINCT FROM NEW."type_version" OR OLD."department" IS DISTINCT FROM NEW."department" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."source_id" IS DISTINCT FROM NEW."source_id" OR OLD."previous_id" IS DISTINCT FROM NEW."previous_id" OR OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_by_id" IS DISTINCT FROM NEW."sent_by_id" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."created_at" IS DISTINCT FROM NEW."created_at" OR NEW.state = 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER briefs_frozen_delete BEFORE DELETE ON briefs WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER reports_frozen_update BEFORE UPDATE ON reports WHEN (OLD.content_hash <> '' AND ((OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."from_on" IS DISTINCT FROM NEW."from_on" OR OLD."until_on" IS DISTINCT FROM NEW."until_on" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."gathered_at" IS DISTINCT FROM NEW."gathered_at" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."approved_by_id" IS DISTINCT FROM NEW."approved_by_id" OR OLD."approved_at" IS DISTINCT FROM NEW."approved_at" OR OLD."computed" IS DISTINCT FROM NEW."computed" OR OLD."words" IS DISTINCT FROM NEW."words" OR OLD."lights" IS DISTINCT FROM NEW."lights" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."created_at" IS DISTINCT FROM NEW."created_at") OR NEW.state NOT IN ('approved', 'sent'))) OR (OLD.sent_at IS NOT NULL AND (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_by_id" IS DISTINCT FROM NEW."sent_by_id" OR OLD."recipients" IS DISTINCT FROM NEW."recipients")) OR (NEW.state = 'sent' AND NEW.content_hash = '') OR (OLD.state = 'discarded') BEGIN SELECT RAISE(ABORT, 'a report that was approved or sent is frozen'); END""",
    """CREATE TRIGGER reports_frozen_delete BEFORE DELETE ON reports WHEN OLD.content_hash <> '' BEGIN SELECT RAISE(ABORT, 'a report that was approved or sent is frozen'); END""",
    """CREATE TRIGGER smetas_frozen_delete BEFORE DELETE ON smetas WHEN OLD.state <> 'draft' OR OLD.sent_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER smetas_frozen_update BEFORE UPDATE ON smetas WHEN (OLD.state <> 'draft' AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."currency" IS DISTINCT FROM NEW."currency" OR OLD."vat_mode" IS DISTINCT FROM NEW."vat_mode" OR OLD."tax_rate" IS DISTINCT FROM NEW."tax_rate" OR OLD."rounding" IS DISTINCT FROM NEW."rounding" OR OLD."discount_percent" IS DISTINCT FROM NEW."discount_percent" OR OLD."commission_mode" IS DISTINCT FROM NEW."commission_mode" OR OLD."commission_percent" IS DISTINCT FROM NEW."commission_percent" OR OLD."price_kind" IS DISTINCT FROM NEW."price_kind" OR OLD."valid_until" IS DISTINCT FROM NEW."valid_until" OR OLD."basis" IS DISTINCT FROM NEW."basis" OR OLD."terms" IS DISTINCT FROM NEW."terms" OR OLD."note" IS DISTINCT FROM NEW."note" OR OLD."based_on_id" IS DISTINCT FROM NEW."based_on_id" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."net" IS DISTINCT FROM NEW."net" OR OLD."vat" IS DISTINCT FROM NEW."vat" OR OLD."gross" IS DISTINCT FROM NEW."gross" OR OLD."cost" IS DISTINCT FROM NEW."cost" OR OLD."created_at" IS DISTINCT FROM NEW."created_at")) OR (OLD.sent_at IS NOT NULL AND ((OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_on" IS DISTINCT FROM NEW."sent_on" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."cleared_by_id" IS DISTINCT FROM NEW."cleared_by_id") OR NEW.state IN ('draft', 'internal_review', 'ready'))) OR (OLD.sent_at IS NOT NULL AND OLD.state <> 'sent' AND NEW.state <> OLD.state) BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_parts_frozen_insert BEFORE INSERT ON brief_parts WHEN ((SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_parts_frozen_update BEFORE UPDATE ON brief_parts WHEN ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft' OR (SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_parts_frozen_delete BEFORE DELETE ON brief_parts WHEN ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_requirements_frozen_insert BEFORE INSERT ON brief_requirements WHEN ((SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_requirements_frozen_update BEFORE UPDATE ON brief_requirements WHEN ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft' OR (SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER brief_requirements_frozen_delete BEFORE DELETE ON brief_requirements WHEN ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER payment_rows_frozen_insert BEFORE INSERT ON payment_rows WHEN ((SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER payment_rows_frozen_delete BEFORE DELETE ON payment_rows WHEN ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER payment_rows_frozen_update BEFORE UPDATE ON payment_rows WHEN ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft' OR (SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') AND ((OLD."id" IS DISTINCT FROM NEW."id" OR OLD."smeta_id" IS DISTINCT FROM NEW."smeta_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."ordinal" IS DISTINCT FROM NEW."ordinal" OR OLD."percent" IS DISTINCT FROM NEW."percent" OR OLD."fixed" IS DISTINCT FROM NEW."fixed" OR OLD."trigger" IS DISTINCT FROM NEW."trigger" OR OLD."words" IS DISTINCT FROM NEW."words" OR OLD."due_on" IS DISTINCT FROM NEW."due_on" OR OLD."amount" IS DISTINCT FROM NEW."amount") OR (OLD."owed_in" IS NOT NULL AND OLD."owed_in" IS DISTINCT FROM NEW."owed_in")) BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER smeta_lines_frozen_insert BEFORE INSERT ON smeta_lines WHEN ((SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER smeta_lines_frozen_delete BEFORE DELETE ON smeta_lines WHEN ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER smeta_lines_frozen_update BEFORE UPDATE ON smeta_lines WHEN ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft' OR (SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER line_marks_frozen_insert BEFORE INSERT ON line_marks WHEN ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = NEW.line_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER line_marks_frozen_delete BEFORE DELETE ON line_marks WHEN ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = OLD.line_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER line_marks_frozen_update BEFORE UPDATE ON line_marks WHEN ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = OLD.line_id) <> 'draft' OR (SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = NEW.line_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a smeta that has left draft is frozen'); END""",
    """CREATE TRIGGER part_marks_frozen_insert BEFORE INSERT ON part_marks WHEN ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = NEW.part_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER part_marks_frozen_update BEFORE UPDATE ON part_marks WHEN ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = OLD.part_id) <> 'draft' OR (SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = NEW.part_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER part_marks_frozen_delete BEFORE DELETE ON part_marks WHEN ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = OLD.part_id) <> 'draft') BEGIN SELECT RAISE(ABORT, 'a brief that has left draft is frozen'); END""",
    """CREATE TRIGGER receipts_frozen_update BEFORE UPDATE ON receipts WHEN TRUE BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
    """CREATE TRIGGER receipts_frozen_delete BEFORE DELETE ON receipts WHEN TRUE BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
    """CREATE TRIGGER time_entries_logged_insert AFTER INSERT ON time_entries BEGIN UPDATE tasks SET logged_minutes = logged_minutes + NEW.minutes WHERE NEW.subject_kind = 'task' AND id = NEW.subject_id; END""",
    """CREATE TRIGGER time_entries_logged_delete AFTER DELETE ON time_entries BEGIN UPDATE tasks SET logged_minutes = logged_minutes - OLD.minutes WHERE OLD.subject_kind = 'task' AND id = OLD.subject_id; END""",
    """CREATE TRIGGER time_entries_logged_update AFTER UPDATE ON time_entries BEGIN UPDATE tasks SET logged_minutes = logged_minutes - OLD.minutes WHERE OLD.subject_kind = 'task' AND id = OLD.subject_id; UPDATE tasks SET logged_minutes = logged_minutes + NEW.minutes WHERE NEW.subject_kind = 'task' AND id = NEW.subject_id; END""",
    """CREATE TRIGGER project_stages_stand_insert AFTER INSERT ON project_stages BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = NEW.project_id; END""",
    """CREATE TRIGGER project_stages_stand_delete AFTER DELETE ON project_stages BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = OLD.project_id; END""",
    """CREATE TRIGGER project_stages_stand_update AFTER UPDATE ON project_stages BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = OLD.project_id; UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = NEW.project_id; END""",
)

POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION facts_frozen_update() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'facts are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER facts_frozen_update BEFORE UPDATE ON facts FOR EACH ROW EXECUTE FUNCTION facts_frozen_update()""",
    """CREATE OR REPLACE FUNCTION facts_frozen_delete() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'facts are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER facts_frozen_delete BEFORE DELETE ON facts FOR EACH ROW EXECUTE FUNCTION facts_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION facts_frozen_truncate() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'facts are append-only' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER facts_frozen_truncate BEFORE TRUNCATE ON facts FOR EACH STATEMENT EXECUTE FUNCTION facts_frozen_truncate()""",
    """CREATE OR REPLACE FUNCTION seals_frozen_update() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'seals are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER seals_frozen_update BEFORE UPDATE ON seals FOR EACH ROW EXECUTE FUNCTION seals_frozen_update()""",
    """CREATE OR REPLACE FUNCTION seals_frozen_delete() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'seals are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER seals_frozen_delete BEFORE DELETE ON seals FOR EACH ROW EXECUTE FUNCTION seals_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION seals_frozen_truncate() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'seals are append-only' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER seals_frozen_truncate BEFORE TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION seals_frozen_truncate()""",
    """CREATE OR REPLACE FUNCTION briefs_frozen_update() RETURNS trigger AS $$ BEGIN IF OLD.state <> 'draft' AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."type" IS DISTINCT FROM NEW."type" OR OLD."type_version" IS DISTINCT FROM NEW."type_version" OR OLD."department" IS DISTINCT FROM NEW."department" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."source_id" IS DISTINCT FROM NEW."source_id" OR OLD."previous_id" IS DISTINCT FROM NEW."previous_id" OR OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_by_id" IS DISTINCT FROM NEW."sent_by_id" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."created_at" IS DISTINCT FROM NEW."created_at" OR NEW.state = 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER briefs_frozen_update BEFORE UPDATE ON briefs FOR EACH ROW EXECUTE FUNCTION briefs_frozen_update()""",
    """CREATE OR REPLACE FUNCTION briefs_frozen_delete() RETURNS trigger AS $$ BEGIN IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER briefs_frozen_delete BEFORE DELETE ON briefs FOR EACH ROW EXECUTE FUNCTION briefs_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION reports_frozen_update() RETURNS trigger AS $$ BEGIN IF (OLD.content_hash <> '' AND ((OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."from_on" IS DISTINCT FROM NEW."from_on" OR OLD."until_on" IS DISTINCT FROM NEW."until_on" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."gathered_at" IS DISTINCT FROM NEW."gathered_at" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."approved_by_id" IS DISTINCT FROM NEW."approved_by_id" OR OLD."approved_at" IS DISTINCT FROM NEW."approved_at" OR OLD."computed" IS DISTINCT FROM NEW."computed" OR OLD."words" IS DISTINCT FROM NEW."words" OR OLD."lights" IS DISTINCT FROM NEW."lights" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."created_at" IS DISTINCT FROM NEW."created_at") OR NEW.state NOT IN ('approved', 'sent'))) OR (OLD.sent_at IS NOT NULL AND (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_by_id" IS DISTINCT FROM NEW."sent_by_id" OR OLD."recipients" IS DISTINCT FROM NEW."recipients")) OR (NEW.state = 'sent' AND NEW.content_hash = '') OR (OLD.state = 'discarded') THEN RAISE EXCEPTION 'a report that was approved or sent is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER reports_frozen_update BEFORE UPDATE ON reports FOR EACH ROW EXECUTE FUNCTION reports_frozen_update()""",
    """CREATE OR REPLACE FUNCTION reports_frozen_delete() RETURNS trigger AS $$ BEGIN IF OLD.content_hash <> '' THEN RAISE EXCEPTION 'a report that was approved or sent is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER reports_frozen_delete BEFORE DELETE ON reports FOR EACH ROW EXECUTE FUNCTION reports_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION smetas_frozen_delete() RETURNS trigger AS $$ BEGIN IF OLD.state <> 'draft' OR OLD.sent_at IS NOT NULL THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER smetas_frozen_delete BEFORE DELETE ON smetas FOR EACH ROW EXECUTE FUNCTION smetas_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION smetas_frozen_update() RETURNS trigger AS $$ BEGIN IF (OLD.state <> 'draft' AND (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."n" IS DISTINCT FROM NEW."n" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."currency" IS DISTINCT FROM NEW."currency" OR OLD."vat_mode" IS DISTINCT FROM NEW."vat_mode" OR OLD."tax_rate" IS DISTINCT FROM NEW."tax_rate" OR OLD."rounding" IS DISTINCT FROM NEW."rounding" OR OLD."discount_percent" IS DISTINCT FROM NEW."discount_percent" OR OLD."commission_mode" IS DISTINCT FROM NEW."commission_mode" OR OLD."commission_percent" IS DISTINCT FROM NEW."commission_percent" OR OLD."price_kind" IS DISTINCT FROM NEW."price_kind" OR OLD."valid_until" IS DISTINCT FROM NEW."valid_until" OR OLD."basis" IS DISTINCT FROM NEW."basis" OR OLD."terms" IS DISTINCT FROM NEW."terms" OR OLD."note" IS DISTINCT FROM NEW."note" OR OLD."based_on_id" IS DISTINCT FROM NEW."based_on_id" OR OLD."author_id" IS DISTINCT FROM NEW."author_id" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."net" IS DISTINCT FROM NEW."net" OR OLD."vat" IS DISTINCT FROM NEW."vat" OR OLD."gross" IS DISTINCT FROM NEW."gross" OR OLD."cost" IS DISTINCT FROM NEW."cost" OR OLD."created_at" IS DISTINCT FROM NEW."created_at")) OR (OLD.sent_at IS NOT NULL AND ((OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_on" IS DISTINCT FROM NEW."sent_on" OR OLD."content_hash" IS DISTINCT FROM NEW."content_hash" OR OLD."cleared_by_id" IS DISTINCT FROM NEW."cleared_by_id") OR NEW.state IN ('draft', 'internal_review', 'ready'))) OR (OLD.sent_at IS NOT NULL AND OLD.state <> 'sent' AND NEW.state <> OLD.state) THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER smetas_frozen_update BEFORE UPDATE ON smetas FOR EACH ROW EXECUTE FUNCTION smetas_frozen_update()""",
    """CREATE OR REPLACE FUNCTION brief_parts_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_parts_frozen_insert BEFORE INSERT ON brief_parts FOR EACH ROW EXECUTE FUNCTION brief_parts_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION brief_parts_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft' OR (SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_parts_frozen_update BEFORE UPDATE ON brief_parts FOR EACH ROW EXECUTE FUNCTION brief_parts_frozen_update()""",
    """CREATE OR REPLACE FUNCTION brief_parts_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_parts_frozen_delete BEFORE DELETE ON brief_parts FOR EACH ROW EXECUTE FUNCTION brief_parts_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION brief_requirements_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_requirements_frozen_insert BEFORE INSERT ON brief_requirements FOR EACH ROW EXECUTE FUNCTION brief_requirements_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION brief_requirements_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft' OR (SELECT state FROM briefs WHERE id = NEW.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_requirements_frozen_update BEFORE UPDATE ON brief_requirements FOR EACH ROW EXECUTE FUNCTION brief_requirements_frozen_update()""",
    """CREATE OR REPLACE FUNCTION brief_requirements_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM briefs WHERE id = OLD.brief_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER brief_requirements_frozen_delete BEFORE DELETE ON brief_requirements FOR EACH ROW EXECUTE FUNCTION brief_requirements_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION payment_rows_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER payment_rows_frozen_insert BEFORE INSERT ON payment_rows FOR EACH ROW EXECUTE FUNCTION payment_rows_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION payment_rows_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER payment_rows_frozen_delete BEFORE DELETE ON payment_rows FOR EACH ROW EXECUTE FUNCTION payment_rows_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION payment_rows_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft' OR (SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') AND ((OLD."id" IS DISTINCT FROM NEW."id" OR OLD."smeta_id" IS DISTINCT FROM NEW."smeta_id" OR OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."ordinal" IS DISTINCT FROM NEW."ordinal" OR OLD."percent" IS DISTINCT FROM NEW."percent" OR OLD."fixed" IS DISTINCT FROM NEW."fixed" OR OLD."trigger" IS DISTINCT FROM NEW."trigger" OR OLD."words" IS DISTINCT FROM NEW."words" OR OLD."due_on" IS DISTINCT FROM NEW."due_on" OR OLD."amount" IS DISTINCT FROM NEW."amount") OR (OLD."owed_in" IS NOT NULL AND OLD."owed_in" IS DISTINCT FROM NEW."owed_in")) THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER payment_rows_frozen_update BEFORE UPDATE ON payment_rows FOR EACH ROW EXECUTE FUNCTION payment_rows_frozen_update()""",
    """CREATE OR REPLACE FUNCTION smeta_lines_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER smeta_lines_frozen_insert BEFORE INSERT ON smeta_lines FOR EACH ROW EXECUTE FUNCTION smeta_lines_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION smeta_lines_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER smeta_lines_frozen_delete BEFORE DELETE ON smeta_lines FOR EACH ROW EXECUTE FUNCTION smeta_lines_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION smeta_lines_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT state FROM smetas WHERE id = OLD.smeta_id) <> 'draft' OR (SELECT state FROM smetas WHERE id = NEW.smeta_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER smeta_lines_frozen_update BEFORE UPDATE ON smeta_lines FOR EACH ROW EXECUTE FUNCTION smeta_lines_frozen_update()""",
    """CREATE OR REPLACE FUNCTION line_marks_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = NEW.line_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER line_marks_frozen_insert BEFORE INSERT ON line_marks FOR EACH ROW EXECUTE FUNCTION line_marks_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION line_marks_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = OLD.line_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER line_marks_frozen_delete BEFORE DELETE ON line_marks FOR EACH ROW EXECUTE FUNCTION line_marks_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION line_marks_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = OLD.line_id) <> 'draft' OR (SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id WHERE smeta_lines.id = NEW.line_id) <> 'draft') THEN RAISE EXCEPTION 'a smeta that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER line_marks_frozen_update BEFORE UPDATE ON line_marks FOR EACH ROW EXECUTE FUNCTION line_marks_frozen_update()""",
    """CREATE OR REPLACE FUNCTION part_marks_frozen_insert() RETURNS trigger AS $$ BEGIN IF ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = NEW.part_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER part_marks_frozen_insert BEFORE INSERT ON part_marks FOR EACH ROW EXECUTE FUNCTION part_marks_frozen_insert()""",
    """CREATE OR REPLACE FUNCTION part_marks_frozen_update() RETURNS trigger AS $$ BEGIN IF ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = OLD.part_id) <> 'draft' OR (SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = NEW.part_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER part_marks_frozen_update BEFORE UPDATE ON part_marks FOR EACH ROW EXECUTE FUNCTION part_marks_frozen_update()""",
    """CREATE OR REPLACE FUNCTION part_marks_frozen_delete() RETURNS trigger AS $$ BEGIN IF ((SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = OLD.part_id) <> 'draft') THEN RAISE EXCEPTION 'a brief that has left draft is frozen' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER part_marks_frozen_delete BEFORE DELETE ON part_marks FOR EACH ROW EXECUTE FUNCTION part_marks_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION receipts_frozen_update() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'receipts are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER receipts_frozen_update BEFORE UPDATE ON receipts FOR EACH ROW EXECUTE FUNCTION receipts_frozen_update()""",
    """CREATE OR REPLACE FUNCTION receipts_frozen_delete() RETURNS trigger AS $$ BEGIN IF TRUE THEN RAISE EXCEPTION 'receipts are append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER receipts_frozen_delete BEFORE DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION receipts_frozen_delete()""",
    """CREATE OR REPLACE FUNCTION receipts_frozen_truncate() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'receipts are append-only' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER receipts_frozen_truncate BEFORE TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION receipts_frozen_truncate()""",
    """ALTER TABLE departments ADD CONSTRAINT fk_departments_head_id_persons FOREIGN KEY(head_id) REFERENCES persons (id)""",
    """ALTER TABLE sessions ADD CONSTRAINT fk_sessions_link_id_links FOREIGN KEY(link_id) REFERENCES links (id)""",
    """CREATE OR REPLACE FUNCTION time_entries_logged_insert() RETURNS trigger AS $$ BEGIN UPDATE tasks SET logged_minutes = logged_minutes + NEW.minutes WHERE NEW.subject_kind = 'task' AND id = NEW.subject_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER time_entries_logged_insert AFTER INSERT ON time_entries FOR EACH ROW EXECUTE FUNCTION time_entries_logged_insert()""",
    """CREATE OR REPLACE FUNCTION time_entries_logged_delete() RETURNS trigger AS $$ BEGIN UPDATE tasks SET logged_minutes = logged_minutes - OLD.minutes WHERE OLD.subject_kind = 'task' AND id = OLD.subject_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER time_entries_logged_delete AFTER DELETE ON time_entries FOR EACH ROW EXECUTE FUNCTION time_entries_logged_delete()""",
    """CREATE OR REPLACE FUNCTION time_entries_logged_update() RETURNS trigger AS $$ BEGIN UPDATE tasks SET logged_minutes = logged_minutes - OLD.minutes WHERE OLD.subject_kind = 'task' AND id = OLD.subject_id; UPDATE tasks SET logged_minutes = logged_minutes + NEW.minutes WHERE NEW.subject_kind = 'task' AND id = NEW.subject_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER time_entries_logged_update AFTER UPDATE ON time_entries FOR EACH ROW EXECUTE FUNCTION time_entries_logged_update()""",
    """CREATE OR REPLACE FUNCTION project_stages_stand_insert() RETURNS trigger AS $$ BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = NEW.project_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER project_stages_stand_insert AFTER INSERT ON project_stages FOR EACH ROW EXECUTE FUNCTION project_stages_stand_insert()""",
    """CREATE OR REPLACE FUNCTION project_stages_stand_delete() RETURNS trigger AS $$ BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = OLD.project_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER project_stages_stand_delete AFTER DELETE ON project_stages FOR EACH ROW EXECUTE FUNCTION project_stages_stand_delete()""",
    """CREATE OR REPLACE FUNCTION project_stages_stand_update() RETURNS trigger AS $$ BEGIN UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = OLD.project_id; UPDATE projects SET stands_until = (SELECT forecast_on FROM project_stages WHERE project_id = projects.id AND done_on IS NULL ORDER BY ordinal LIMIT 1) WHERE id = NEW.project_id; RETURN NULL; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER project_stages_stand_update AFTER UPDATE ON project_stages FOR EACH ROW EXECUTE FUNCTION project_stages_stand_update()""",
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "approval_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("max_gross", sa.BigInteger(), nullable=True),
        sa.Column("max_discount", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("min_margin", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_limits")),
    )
    op.create_table(
        "counters",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counters")),
    )
    op.create_table(
        "departments",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["head_id"], ["persons.id"], name=op.f("fk_departments_head_id_persons"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departments")),
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("behalf_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("details", agency.kit.db.types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    op.create_index(op.f("ix_facts_at"), "facts", ["at"], unique=False)
    op.create_index(op.f("ix_facts_client_id"), "facts", ["client_id"], unique=False)
    op.create_index(op.f("ix_facts_project_id"), "facts", ["project_id"], unique=False)
    op.create_index("ix_facts_subject", "facts", ["subject_kind", "subject_id"], unique=False)
    for of in ("client", "project"):
        op.create_index(
            f"ix_facts_told_of_{of}",
            "facts",
            [f"{of}_id", "id"],
            unique=False,
            sqlite_where=sa.text(TOLD),
            postgresql_where=sa.text(TOLD),
        )
    op.create_index(op.f("ix_facts_verb"), "facts", ["verb"], unique=False)
    op.create_index(
        "ix_facts_for_client",
        "facts",
        ["project_id", "verb"],
        unique=False,
        sqlite_where=sa.text("audience = 'client'"),
        postgresql_where=sa.text("audience = 'client'"),
    )
    op.create_table(
        "hits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hits")),
    )
    op.create_index(op.f("ix_hits_bucket"), "hits", ["bucket"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("next_try_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sent_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("opened_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('ready', 'handing_over', 'sent', 'bounced', 'failed', 'unknown')", name=op.f("ck_mails_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index(op.f("ix_mails_client_id"), "mails", ["client_id"], unique=False)
    op.create_index(op.f("ix_mails_project_id"), "mails", ["project_id"], unique=False)
    op.create_index("ix_mails_state_sent_at", "mails", ["state", "sent_at"], unique=False)
    op.create_index("ix_mails_subject", "mails", ["subject_kind", "subject_id"], unique=False)
    op.create_index(op.f("ix_mails_to_address"), "mails", ["to_address"], unique=False)
    op.create_table(
        "own_entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("requisites", agency.kit.db.types.Json(), nullable=False),
        sa.Column("rounding", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("logo_key", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_entities")),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("latin_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("letter_keys", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("search_text", agency.kit.db.types.Folded(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=120).with_variant(sa.VARCHAR(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )
    op.create_index("ix_persons_kind_name", "persons", ["kind", "is_active", "sort_key"], unique=False)
    op.create_index(op.f("ix_persons_search_text"), "persons", ["search_text"], unique=False)
    op.create_index(op.f("ix_persons_sort_key"), "persons", ["sort_key"], unique=False)
    op.create_table(
        "search_words",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=40).with_variant(sa.VARCHAR(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "word", "row_id", name=op.f("pk_search_words")),
    )
    op.create_index("ix_search_words_row", "search_words", ["kind", "row_id", "word"], unique=False)
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", agency.kit.db.types.Json(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("key", "valid_from", name=op.f("uq_settings_key_valid_from")),
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("percent", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
    )
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("own_entity_id", sa.Integer(), nullable=True),
        sa.Column("invites", sa.String(), nullable=False),
        sa.Column("search_text", agency.kit.db.types.Folded(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=120).with_variant(sa.VARCHAR(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["persons.id"], name=op.f("fk_clients_manager_id_persons")),
        sa.ForeignKeyConstraint(
            ["own_entity_id"], ["own_entities.id"], name=op.f("fk_clients_own_entity_id_own_entities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("code", name=op.f("uq_clients_code")),
    )
    op.create_index(op.f("ix_clients_manager_id"), "clients", ["manager_id"], unique=False)
    op.create_index(op.f("ix_clients_search_text"), "clients", ["search_text"], unique=False)
    op.create_index(op.f("ix_clients_sort_key"), "clients", ["sort_key"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("until", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("used_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_invitations_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("args", agency.kit.db.types.Json(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String(), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("ended_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('ready', 'leased', 'done', 'failed')", name=op.f("ck_jobs_state")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_jobs_fact_id_facts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("fact_id", "name", name=op.f("uq_jobs_fact_id_name")),
        sa.UniqueConstraint("name", "key", name=op.f("uq_jobs_name_key")),
    )
    op.create_index("ix_jobs_state_run_at", "jobs", ["state", "run_at"], unique=False)
    op.create_table(
        "mail_contents",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_mail_contents_mail_id_mails")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mail_contents")),
    )
    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.CheckConstraint("way IN ('at_once', 'digest', 'off')", name=op.f("ck_notice_choices_way")),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23",
            name=op.f("ck_notice_choices_hours"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notice_choices_person_id_persons")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "outbox",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("relayed_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_outbox_fact_id_facts")),
        sa.PrimaryKeyConstraint("fact_id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_relayed_at"), "outbox", ["relayed_at"], unique=False)
    op.create_table(
        "owner_matters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("settled_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["persons.id"], name=op.f("fk_owner_matters_asked_by_id_persons")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_owner_matters_person_id_persons")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["persons.id"], name=op.f("fk_owner_matters_settled_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_matters")),
    )
    op.create_index(op.f("ix_owner_matters_person_id"), "owner_matters", ["person_id"], unique=False)
    op.create_table(
        "person_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_person_roles_department_departments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_person_roles_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_roles")),
        sa.UniqueConstraint("person_id", "role", "department", name=op.f("uq_person_roles_person_id_role_department")),
    )
    op.create_index(op.f("ix_person_roles_person_id"), "person_roles", ["person_id"], unique=False)
    op.create_table(
        "seals",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_seals_fact_id_facts")),
        sa.PrimaryKeyConstraint("fact_id", name=op.f("pk_seals")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("started_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("until", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("proven_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_sessions_link_id_links"), use_alter=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)
    op.create_table(
        "billing_entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("requisites", agency.kit.db.types.Json(), nullable=False),
        sa.Column("archived_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_billing_entities_client_id_clients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_entities")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_billing_entities_id_client_id")),
    )
    op.create_index(op.f("ix_billing_entities_client_id"), "billing_entities", ["client_id"], unique=False)
    op.create_table(
        "brands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_brands_client_id_clients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brands")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_brands_id_client_id")),
    )
    op.create_index(op.f("ix_brands_client_id"), "brands", ["client_id"], unique=False)
    op.create_table(
        "client_nuances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("places", agency.kit.db.types.Json(), nullable=False),
        sa.Column("dropped_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_nuances_client_id_clients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_nuances")),
    )
    op.create_index(op.f("ix_client_nuances_client_id"), "client_nuances", ["client_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("is_approver", sa.Boolean(), nullable=False),
        sa.Column("is_finance", sa.Boolean(), nullable=False),
        sa.Column("gets_reports", sa.Boolean(), nullable=False),
        sa.Column("manages", sa.Boolean(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_contacts_client_id_clients")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["persons.id"], name=op.f("fk_contacts_invited_by_id_persons")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_contacts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("client_id", "person_id", name=op.f("uq_contacts_client_id_person_id")),
    )
    op.create_index(op.f("ix_contacts_client_id"), "contacts", ["client_id"], unique=False)
    op.create_index(op.f("ix_contacts_person_id"), "contacts", ["person_id"], unique=False)
    op.create_table(
        "deputies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("behalf_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> behalf_id", name=op.f("ck_deputies_another_person")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_deputies_days_in_order")),
        sa.ForeignKeyConstraint(["behalf_id"], ["persons.id"], name=op.f("fk_deputies_behalf_id_persons")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_deputies_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_deputies_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    op.create_index(op.f("ix_deputies_client_id"), "deputies", ["client_id"], unique=False)
    op.create_index(op.f("ix_deputies_person_id"), "deputies", ["person_id"], unique=False)
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("contact_person_id", sa.Integer(), nullable=True),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("budget_words", sa.String(), nullable=False),
        sa.Column("deadline_words", sa.String(), nullable=False),
        sa.Column("received_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("reply_due_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("replied_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("acknowledged_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("search_text", agency.kit.db.types.Folded(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'in_review', 'waiting_client', 'qualified', 'declined', 'on_hold', 'duplicate', 'spam')",
            name=op.f("ck_requests_state"),
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name=op.f("fk_requests_brand_id_brands")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_requests_client_id_clients")),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["persons.id"], name=op.f("fk_requests_contact_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["requests.id"], name=op.f("fk_requests_duplicate_of_id_requests")
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["persons.id"], name=op.f("fk_requests_taken_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("number", name=op.f("uq_requests_number")),
    )
    op.create_index(op.f("ix_requests_client_id"), "requests", ["client_id"], unique=False)
    op.create_index(
        "ix_requests_our_turn",
        "requests",
        ["client_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('new', 'in_review')"),
        postgresql_where=sa.text("state IN ('new', 'in_review')"),
    )
    op.create_index(op.f("ix_requests_state"), "requests", ["state"], unique=False)
    op.create_index("ix_requests_state_due", "requests", ["state", "reply_due_at", "replied_at"], unique=False)
    op.create_index(op.f("ix_requests_taken_by_id"), "requests", ["taken_by_id"], unique=False)
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("billing_entity_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("own_entity_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("budget_has_vat", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hold_side", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stands_until", sa.Date(), nullable=True),
        sa.Column("launches_on", sa.Date(), nullable=True),
        sa.Column("report_cadence", sa.String(), nullable=False),
        sa.Column("report_weekday", sa.Integer(), nullable=False),
        sa.Column("search_text", agency.kit.db.types.Folded(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "report_cadence IN ('weekly', 'fortnightly', 'monthly', 'milestones')", name=op.f("ck_projects_cadence")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'active', 'on_hold', 'closing', 'closed', 'cancelled')",
            name=op.f("ck_projects_state"),
        ),
        sa.ForeignKeyConstraint(
            ["billing_entity_id", "client_id"],
            ["billing_entities.id", "billing_entities.client_id"],
            name=op.f("fk_projects_billing_entity_id_client_id_billing_entities"),
        ),
        sa.ForeignKeyConstraint(
            ["brand_id", "client_id"],
            ["brands.id", "brands.client_id"],
            name=op.f("fk_projects_brand_id_client_id_brands"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_projects_client_id_clients")),
        sa.ForeignKeyConstraint(["deputy_id"], ["persons.id"], name=op.f("fk_projects_deputy_id_persons")),
        sa.ForeignKeyConstraint(["manager_id"], ["persons.id"], name=op.f("fk_projects_manager_id_persons")),
        sa.ForeignKeyConstraint(
            ["own_entity_id"], ["own_entities.id"], name=op.f("fk_projects_own_entity_id_own_entities")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_projects_request_id_requests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_projects_id_client_id")),
        sa.UniqueConstraint("number", name=op.f("uq_projects_number")),
        sa.UniqueConstraint("request_id", name=op.f("uq_projects_request_id")),
    )
    op.create_index(op.f("ix_projects_client_id"), "projects", ["client_id"], unique=False)
    op.create_index(
        "ix_projects_deputy",
        "projects",
        ["deputy_id", "client_id"],
        unique=False,
        sqlite_where=sa.text("deputy_id IS NOT NULL"),
        postgresql_where=sa.text("deputy_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_projects_launches_on"), "projects", ["launches_on"], unique=False)
    op.create_index("ix_projects_client_state", "projects", ["client_id", "state"], unique=False)
    op.create_index("ix_projects_stands_until", "projects", ["state", "stands_until"], unique=False)
    op.create_index("ix_projects_manager", "projects", ["manager_id", "client_id"], unique=False)
    op.create_index(op.f("ix_projects_search_text"), "projects", ["search_text"], unique=False)
    op.create_index(op.f("ix_projects_state"), "projects", ["state"], unique=False)
    op.create_table(
        "request_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("from_client", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mailed_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_request_messages_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_request_messages_person_id_persons")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_request_messages_request_id_requests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_messages")),
    )
    op.create_index(op.f("ix_request_messages_request_id"), "request_messages", ["request_id"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("typed_name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("behalf_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('approved', 'returned', 'rejected')", name=op.f("ck_approvals_decision")),
        sa.ForeignKeyConstraint(["behalf_id"], ["persons.id"], name=op.f("fk_approvals_behalf_id_persons")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_approvals_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_approvals_person_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_approvals_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", "decision", name=op.f("uq_approvals_subject_kind_subject_id_decision")
        ),
    )
    op.create_index(op.f("ix_approvals_client_id"), "approvals", ["client_id"], unique=False)
    op.create_index(op.f("ix_approvals_project_id"), "approvals", ["project_id"], unique=False)
    op.create_table(
        "briefs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("type_version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("return_words", sa.String(), nullable=False),
        sa.Column("read_back", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "department IS NOT NULL OR state IN ('draft', 'sent', 'approved', 'returned', 'withdrawn', 'superseded')",
            name=op.f("ck_briefs_state_of_client"),
        ),
        sa.CheckConstraint(
            "department IS NULL OR state IN ('draft', 'issued', 'accepted', 'returned', 'superseded')",
            name=op.f("ck_briefs_state_of_department"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND content_hash <> '')", name=op.f("ck_briefs_sealed")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_briefs_author_id_persons")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["persons.id"], name=op.f("fk_briefs_decided_by_id_persons")),
        sa.ForeignKeyConstraint(["department"], ["departments.code"], name=op.f("fk_briefs_department_departments")),
        sa.ForeignKeyConstraint(["previous_id"], ["briefs.id"], name=op.f("fk_briefs_previous_id_briefs")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_briefs_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["persons.id"], name=op.f("fk_briefs_sent_by_id_persons")),
        sa.ForeignKeyConstraint(["source_id"], ["briefs.id"], name=op.f("fk_briefs_source_id_briefs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefs")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_briefs_id_client_id")),
        sa.UniqueConstraint("number", name=op.f("uq_briefs_number")),
        sa.UniqueConstraint("project_id", "type", "n", name=op.f("uq_briefs_project_id_type_n")),
    )
    op.create_index(op.f("ix_briefs_client_id"), "briefs", ["client_id"], unique=False)
    op.create_index(op.f("ix_briefs_project_id"), "briefs", ["project_id"], unique=False)
    op.create_index(
        "ix_briefs_shown_of_project",
        "briefs",
        ["project_id", "sent_at"],
        unique=False,
        sqlite_where=sa.text("state = 'sent' AND department IS NULL"),
        postgresql_where=sa.text("state = 'sent' AND department IS NULL"),
    )
    op.create_index(
        "ix_briefs_shown_of_client",
        "briefs",
        ["client_id", "sent_at"],
        unique=False,
        sqlite_where=sa.text("state = 'sent' AND department IS NULL"),
        postgresql_where=sa.text("state = 'sent' AND department IS NULL"),
    )
    op.create_index(
        "ix_briefs_state_sent",
        "briefs",
        ["state", "sent_at", "id", "department", "client_id", "project_id"],
        unique=False,
    )
    op.create_index(
        "uq_briefs_one_open",
        "briefs",
        ["project_id", "type"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'sent', 'issued')"),
        postgresql_where=sa.text("state IN ('draft', 'sent', 'issued')"),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_comments_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_comments_person_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_comments_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_client_id"), "comments", ["client_id"], unique=False)
    op.create_index(op.f("ix_comments_project_id"), "comments", ["project_id"], unique=False)
    op.create_index("ix_comments_subject", "comments", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("context", agency.kit.db.types.Json(), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reason_detail", sa.String(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("ready_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('inner', 'client')", name=op.f("ck_documents_audience")),
        sa.CheckConstraint("state <> 'ready' OR storage_key IS NOT NULL", name=op.f("ck_documents_ready_has_file")),
        sa.CheckConstraint("state IN ('wanted', 'working', 'ready', 'failed')", name=op.f("ck_documents_state")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["persons.id"], name=op.f("fk_documents_asked_by_id_persons")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_documents_client_id_clients")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_documents_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("input_hash", name=op.f("uq_documents_input_hash")),
    )
    op.create_index(op.f("ix_documents_client_id"), "documents", ["client_id"], unique=False)
    op.create_index(op.f("ix_documents_project_id"), "documents", ["project_id"], unique=False)
    op.create_index(op.f("ix_documents_state"), "documents", ["state"], unique=False)
    op.create_index("ix_documents_subject", "documents", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('inner', 'client')", name=op.f("ck_files_audience")),
        sa.CheckConstraint("version > 0 AND size > 0", name=op.f("ck_files_counts")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_files_client_id_clients")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_files_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["persons.id"], name=op.f("fk_files_uploaded_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "name_key",
            "version",
            name=op.f("uq_files_subject_kind_subject_id_name_key_version"),
        ),
    )
    op.create_index(op.f("ix_files_client_id"), "files", ["client_id"], unique=False)
    op.create_index(op.f("ix_files_project_id"), "files", ["project_id"], unique=False)
    op.create_index(op.f("ix_files_sha256"), "files", ["sha256"], unique=False)
    op.create_index(op.f("ix_files_uploaded_by_id"), "files", ["uploaded_by_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("actions", agency.kit.db.types.Json(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("until", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_links_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_links_person_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_links_project_id_projects")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_links_request_id_requests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
    )
    op.create_index(op.f("ix_links_client_id"), "links", ["client_id"], unique=False)
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"], unique=False)
    op.create_index(op.f("ix_links_project_id"), "links", ["project_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("read_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("mailed_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_notices_client_id_clients")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_notices_fact_id_facts")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notices_person_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_notices_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "fact_id", name=op.f("uq_notices_person_id_fact_id")),
    )
    op.create_index(op.f("ix_notices_client_id"), "notices", ["client_id"], unique=False)
    op.create_index(op.f("ix_notices_fact_id"), "notices", ["fact_id"], unique=False)
    op.create_index("ix_notices_newest", "notices", ["person_id", "id"], unique=False)
    op.create_index(op.f("ix_notices_project_id"), "notices", ["project_id"], unique=False)
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "project_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_project_members_person_id_persons")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_project_members_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_members")),
        sa.UniqueConstraint("project_id", "person_id", name=op.f("uq_project_members_project_id_person_id")),
    )
    op.create_index(op.f("ix_project_members_client_id"), "project_members", ["client_id"], unique=False)
    op.create_index(op.f("ix_project_members_person_id"), "project_members", ["person_id"], unique=False)
    op.create_index(op.f("ix_project_members_project_id"), "project_members", ["project_id"], unique=False)
    op.create_table(
        "project_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ending IN ('', 'brief', 'estimate')", name=op.f("ck_project_stages_ending")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_project_stages_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_stages")),
        sa.UniqueConstraint("project_id", "ordinal", name=op.f("uq_project_stages_project_id_ordinal")),
    )
    op.create_index(op.f("ix_project_stages_client_id"), "project_stages", ["client_id"], unique=False)
    op.create_index(op.f("ix_project_stages_project_id"), "project_stages", ["project_id"], unique=False)
    op.create_index(
        "ix_project_stages_coming",
        "project_stages",
        ["forecast_on", "project_id"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
    op.create_index("ix_project_stages_ended", "project_stages", ["done_on", "project_id"], unique=False)
    op.create_index(
        "ix_project_stages_undone",
        "project_stages",
        ["project_id", "done_on", "ordinal", "forecast_on"],
        unique=False,
    )
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_to_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("moved_from", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'kept', 'broken')", name=op.f("ck_promises_state")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_promises_client_id_clients")),
        sa.ForeignKeyConstraint(["made_by_id"], ["persons.id"], name=op.f("fk_promises_made_by_id_persons")),
        sa.ForeignKeyConstraint(["made_to_id"], ["persons.id"], name=op.f("fk_promises_made_to_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_promises_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_client_id"), "promises", ["client_id"], unique=False)
    op.create_index(op.f("ix_promises_due_on"), "promises", ["due_on"], unique=False)
    op.create_index(
        "ix_promises_of_client",
        "promises",
        ["client_id", "due_on", "state", "made_by_id", "project_id"],
        unique=False,
    )
    op.create_index(
        "ix_promises_open_of_client",
        "promises",
        ["client_id", "due_on"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_promises_project_id"), "promises", ["project_id"], unique=False)
    op.create_index(
        "ix_promises_state_due",
        "promises",
        ["state", "due_on", "id", "client_id", "project_id", "made_by_id"],
        unique=False,
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("gathered_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("computed", agency.kit.db.types.Json(), nullable=False),
        sa.Column("words", agency.kit.db.types.Json(), nullable=False),
        sa.Column("lights", agency.kit.db.types.Json(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("recipients", agency.kit.db.types.Json(), nullable=False),
        sa.Column("sent_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'approved', 'sent', 'discarded')", name=op.f("ck_reports_state")),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_reports_period")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["persons.id"], name=op.f("fk_reports_approved_by_id_persons")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_reports_author_id_persons")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["persons.id"], name=op.f("fk_reports_edited_by_id_persons")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_reports_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["persons.id"], name=op.f("fk_reports_sent_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("project_id", "n", name=op.f("uq_reports_project_id_n")),
    )
    op.create_index(op.f("ix_reports_client_id"), "reports", ["client_id"], unique=False)
    op.create_index("ix_reports_client_state", "reports", ["client_id", "state", "project_id"], unique=False)
    op.create_index(op.f("ix_reports_project_id"), "reports", ["project_id"], unique=False)
    op.create_index("ix_reports_project_until", "reports", ["project_id", "until_on", "state"], unique=False)
    op.create_index(op.f("ix_reports_state"), "reports", ["state"], unique=False)
    op.create_index(
        "uq_reports_one_open",
        "reports",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'approved')"),
        postgresql_where=sa.text("state IN ('draft', 'approved')"),
    )
    op.create_table(
        "requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("dropped_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_requirements_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
        sa.UniqueConstraint("project_id", "n", name=op.f("uq_requirements_project_id_n")),
    )
    op.create_index(op.f("ix_requirements_client_id"), "requirements", ["client_id"], unique=False)
    op.create_index(op.f("ix_requirements_project_id"), "requirements", ["project_id"], unique=False)
    op.create_table(
        "smetas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("vat_mode", sa.String(), nullable=False),
        sa.Column("tax_rate", agency.kit.db.types.Scaled(), nullable=True),
        sa.Column("rounding", sa.String(), nullable=False),
        sa.Column("discount_percent", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("commission_mode", sa.String(), nullable=False),
        sa.Column("commission_percent", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("price_kind", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("decided_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("commission_mode IN ('none', 'on_net', 'of_gross')", name=op.f("ck_smetas_commission_mode")),
        sa.CheckConstraint("kind IN ('base', 'additional')", name=op.f("ck_smetas_kind")),
        sa.CheckConstraint("rounding IN ('per_line', 'per_rate_total')", name=op.f("ck_smetas_rounding")),
        sa.CheckConstraint(
            "state <> 'sent' OR (sent_at IS NOT NULL AND content_hash <> '')", name=op.f("ck_smetas_sent_is_sealed")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'internal_review', 'ready', 'sent', 'approved', 'rejected', 'changes_requested', 'expired', 'withdrawn', 'superseded')",
            name=op.f("ck_smetas_state"),
        ),
        sa.CheckConstraint("vat_mode IN ('on_top', 'inside', 'reverse_charge')", name=op.f("ck_smetas_vat_mode")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_smetas_author_id_persons")),
        sa.ForeignKeyConstraint(["based_on_id"], ["smetas.id"], name=op.f("fk_smetas_based_on_id_smetas")),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["persons.id"], name=op.f("fk_smetas_cleared_by_id_persons")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["persons.id"], name=op.f("fk_smetas_decided_by_id_persons")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["persons.id"], name=op.f("fk_smetas_edited_by_id_persons")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_smetas_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["persons.id"], name=op.f("fk_smetas_sent_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smetas")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_smetas_id_client_id")),
        sa.UniqueConstraint("number", name=op.f("uq_smetas_number")),
        sa.UniqueConstraint("project_id", "kind", "n", name=op.f("uq_smetas_project_id_kind_n")),
    )
    op.create_index(op.f("ix_smetas_based_on_id"), "smetas", ["based_on_id"], unique=False)
    op.create_index(op.f("ix_smetas_client_id"), "smetas", ["client_id"], unique=False)
    op.create_index(op.f("ix_smetas_project_id"), "smetas", ["project_id"], unique=False)
    op.create_index("ix_smetas_project_state", "smetas", ["project_id", "state", "valid_until"], unique=False)
    op.create_index("ix_smetas_client_state", "smetas", ["client_id", "state", "sent_at"], unique=False)
    op.create_index("ix_smetas_state_sent", "smetas", ["state", "sent_at", "client_id"], unique=False)
    op.create_index(
        "uq_smetas_one_approved_base",
        "smetas",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'base' AND state = 'approved'"),
        postgresql_where=sa.text("kind = 'base' AND state = 'approved'"),
    )
    op.create_table(
        "time_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_time_entries_minutes_of_a_day")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_time_entries_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_time_entries_person_id_persons")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_time_entries_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entries")),
    )
    op.create_index(op.f("ix_time_entries_client_id"), "time_entries", ["client_id"], unique=False)
    op.create_index(
        "ix_time_entries_day", "time_entries", ["day", "person_id", "subject_kind", "minutes"], unique=False
    )
    op.create_index(
        "ix_time_entries_person_day", "time_entries", ["person_id", "day", "subject_kind", "minutes"], unique=False
    )
    op.create_index(op.f("ix_time_entries_project_id"), "time_entries", ["project_id"], unique=False)
    op.create_index(
        "ix_time_entries_subject", "time_entries", ["subject_id", "subject_kind", "day", "minutes"], unique=False
    )
    op.create_table(
        "brief_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brief_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", agency.kit.db.types.Json(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("departments", agency.kit.db.types.Json(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_brief_parts_brief_id_briefs")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["persons.id"], name=op.f("fk_brief_parts_edited_by_id_persons")),
        sa.ForeignKeyConstraint(["source_id"], ["brief_parts.id"], name=op.f("fk_brief_parts_source_id_brief_parts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_parts")),
        sa.UniqueConstraint("brief_id", "key", name=op.f("uq_brief_parts_brief_id_key")),
    )
    op.create_index(op.f("ix_brief_parts_brief_id"), "brief_parts", ["brief_id"], unique=False)
    op.create_table(
        "brief_requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brief_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_brief_requirements_brief_id_briefs")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_brief_requirements_requirement_id_requirements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_requirements")),
        sa.UniqueConstraint("brief_id", "requirement_id", name=op.f("uq_brief_requirements_brief_id_requirement_id")),
    )
    op.create_index(op.f("ix_brief_requirements_brief_id"), "brief_requirements", ["brief_id"], unique=False)
    op.create_index(
        op.f("ix_brief_requirements_requirement_id"), "brief_requirements", ["requirement_id"], unique=False
    )
    op.create_table(
        "compensations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_in", sa.String(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('bonus', 'discount')", name=op.f("ck_compensations_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_compensations_is_something")),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_compensations_by_id_persons")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_compensations_client_id_clients")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_compensations_project_id_projects")),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_compensations_promise_id_promises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compensations")),
    )
    op.create_index(op.f("ix_compensations_client_id"), "compensations", ["client_id"], unique=False)
    op.create_index(op.f("ix_compensations_project_id"), "compensations", ["project_id"], unique=False)
    op.create_index(op.f("ix_compensations_promise_id"), "compensations", ["promise_id"], unique=False)
    op.create_table(
        "openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_openings_client_id_clients")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_openings_link_id_links")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_openings_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    op.create_index("ix_openings_client", "openings", ["client_id", "id"], unique=False)
    op.create_index("ix_openings_subject", "openings", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "payment_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("percent", agency.kit.db.types.Scaled(), nullable=True),
        sa.Column("fixed", sa.BigInteger(), nullable=True),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("owed_in", sa.String(), nullable=True),
        sa.Column("smeta_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("paid = 0 OR paid_on IS NOT NULL", name=op.f("ck_payment_rows_paid_has_day")),
        sa.ForeignKeyConstraint(
            ["smeta_id", "client_id"],
            ["smetas.id", "smetas.client_id"],
            name=op.f("fk_payment_rows_smeta_id_client_id_smetas"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_rows")),
        sa.UniqueConstraint("smeta_id", "ordinal", name=op.f("uq_payment_rows_smeta_id_ordinal")),
    )
    op.create_index(op.f("ix_payment_rows_client_id"), "payment_rows", ["client_id"], unique=False)
    op.create_index(op.f("ix_payment_rows_due_on"), "payment_rows", ["due_on"], unique=False)
    op.create_index(
        "ix_payment_rows_of_smeta", "payment_rows", ["smeta_id", "due_on", "amount", "paid"], unique=False
    )
    op.create_index(
        "ix_payment_rows_open",
        "payment_rows",
        ["due_on", "smeta_id", "client_id", "amount", "paid", "owed_in"],
        unique=False,
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.create_index(
        "ix_payment_rows_open_of_client",
        "payment_rows",
        ["client_id", "due_on", "owed_in", "amount", "paid"],
        unique=False,
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.create_index(
        "ix_payment_rows_open_oldest",
        "payment_rows",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.create_index(
        "ix_payment_rows_owed",
        "payment_rows",
        ["owed_in", "due_on", "amount", "paid"],
        unique=False,
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.create_index(op.f("ix_payment_rows_smeta_id"), "payment_rows", ["smeta_id"], unique=False)
    op.create_index(
        "ix_payment_rows_whole",
        "payment_rows",
        ["paid_on"],
        unique=False,
        sqlite_where=sa.text("paid = amount"),
        postgresql_where=sa.text("paid = amount"),
    )
    op.create_table(
        "smeta_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("cost", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("price", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("discount_percent", agency.kit.db.types.Scaled(), nullable=False),
        sa.Column("tax_rate", agency.kit.db.types.Scaled(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("is_optional", sa.Boolean(), nullable=False),
        sa.Column("is_discountable", sa.Boolean(), nullable=False),
        sa.Column("is_commissionable", sa.Boolean(), nullable=False),
        sa.Column("client_accepts", sa.Boolean(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("estimate_minutes", sa.Integer(), nullable=True),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("smeta_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('own', 'subcontract', 'media', 'agent', 'contingency')", name=op.f("ck_smeta_lines_kind")
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_smeta_lines_department_departments")
        ),
        sa.ForeignKeyConstraint(
            ["smeta_id", "client_id"],
            ["smetas.id", "smetas.client_id"],
            name=op.f("fk_smeta_lines_smeta_id_client_id_smetas"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smeta_lines")),
        sa.UniqueConstraint("smeta_id", "lineage", name=op.f("uq_smeta_lines_smeta_id_lineage")),
    )
    op.create_index(op.f("ix_smeta_lines_client_id"), "smeta_lines", ["client_id"], unique=False)
    op.create_index(op.f("ix_smeta_lines_lineage"), "smeta_lines", ["lineage"], unique=False)
    op.create_index(op.f("ix_smeta_lines_smeta_id"), "smeta_lines", ["smeta_id"], unique=False)
    op.create_table(
        "expectations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("payment_row_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_expectations_by_id_persons")),
        sa.ForeignKeyConstraint(
            ["payment_row_id"], ["payment_rows.id"], name=op.f("fk_expectations_payment_row_id_payment_rows")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_expectations_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expectations")),
    )
    op.create_index(op.f("ix_expectations_client_id"), "expectations", ["client_id"], unique=False)
    op.create_index(op.f("ix_expectations_payment_row_id"), "expectations", ["payment_row_id"], unique=False)
    op.create_index(op.f("ix_expectations_project_id"), "expectations", ["project_id"], unique=False)
    op.create_table(
        "line_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["smeta_lines.id"], name=op.f("fk_line_marks_line_id_smeta_lines")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_line_marks_requirement_id_requirements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_marks")),
        sa.UniqueConstraint("line_id", "requirement_id", name=op.f("uq_line_marks_line_id_requirement_id")),
    )
    op.create_index(op.f("ix_line_marks_line_id"), "line_marks", ["line_id"], unique=False)
    op.create_index(op.f("ix_line_marks_requirement_id"), "line_marks", ["requirement_id"], unique=False)
    op.create_table(
        "part_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["brief_parts.id"], name=op.f("fk_part_marks_part_id_brief_parts")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_part_marks_requirement_id_requirements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_marks")),
        sa.UniqueConstraint("part_id", "requirement_id", name=op.f("uq_part_marks_part_id_requirement_id")),
    )
    op.create_index(op.f("ix_part_marks_part_id"), "part_marks", ["part_id"], unique=False)
    op.create_index(op.f("ix_part_marks_requirement_id"), "part_marks", ["requirement_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("payment_row_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("corrects_id IS NULL OR note <> ''", name=op.f("ck_receipts_correction_has_reason")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_receipts_is_something")),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_receipts_by_id_persons")),
        sa.ForeignKeyConstraint(["corrects_id"], ["receipts.id"], name=op.f("fk_receipts_corrects_id_receipts")),
        sa.ForeignKeyConstraint(
            ["payment_row_id"], ["payment_rows.id"], name=op.f("fk_receipts_payment_row_id_payment_rows")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_receipts_project_id_client_id_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_receipts_corrects_id")),
        sa.UniqueConstraint("key", name=op.f("uq_receipts_key")),
    )
    op.create_index(op.f("ix_receipts_client_id"), "receipts", ["client_id"], unique=False)
    op.create_index(op.f("ix_receipts_payment_row_id"), "receipts", ["payment_row_id"], unique=False)
    op.create_index(op.f("ix_receipts_project_id"), "receipts", ["project_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("smeta_line_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("estimate_minutes", sa.Integer(), nullable=True),
        sa.Column("logged_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("client_accepts", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("before_block", sa.String(), nullable=False),
        sa.Column("blocked_reason", sa.String(), nullable=False),
        sa.Column("blocked_for", sa.String(), nullable=False),
        sa.Column("taken_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("shown_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("done_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("search_text", agency.kit.db.types.Folded(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'blocked' OR before_block <> ''", name=op.f("ck_tasks_blocked_knows_where_it_was")
        ),
        sa.CheckConstraint(
            "state IN ('backlog', 'open', 'taken', 'in_progress', 'in_review', 'client_review', 'done', 'blocked', 'cancelled')",
            name=op.f("ck_tasks_state"),
        ),
        sa.CheckConstraint("round > 0 AND rounds >= 0", name=op.f("ck_tasks_rounds")),
        sa.ForeignKeyConstraint(["assignee_id"], ["persons.id"], name=op.f("fk_tasks_assignee_id_persons")),
        sa.ForeignKeyConstraint(["department"], ["departments.code"], name=op.f("fk_tasks_department_departments")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_tasks_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(["smeta_line_id"], ["smeta_lines.id"], name=op.f("fk_tasks_smeta_line_id_smeta_lines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("id", "client_id", name=op.f("uq_tasks_id_client_id")),
        sa.UniqueConstraint("smeta_line_id", "ordinal", name=op.f("uq_tasks_smeta_line_id_ordinal")),
    )
    op.create_index(
        "ix_tasks_assignee_state",
        "tasks",
        ["assignee_id", "state", "due_on", "project_id", "starts_on", "estimate_minutes", "logged_minutes"],
        unique=False,
    )
    op.create_index(op.f("ix_tasks_client_id"), "tasks", ["client_id"], unique=False)
    op.create_index("ix_tasks_client_state", "tasks", ["client_id", "state", "due_on"], unique=False)
    op.create_index(
        "ix_tasks_live_of_client",
        "tasks",
        ["client_id", "due_on", "state", "department"],
        unique=False,
        sqlite_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
        postgresql_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
    )
    op.create_index(
        "ix_tasks_shown_of_project",
        "tasks",
        ["project_id", "shown_at"],
        unique=False,
        sqlite_where=sa.text("state = 'client_review'"),
        postgresql_where=sa.text("state = 'client_review'"),
    )
    op.create_index(
        "ix_tasks_shown_to_client",
        "tasks",
        ["client_id", "shown_at", "is_public", "state"],
        unique=False,
        sqlite_where=sa.text("state = 'client_review'"),
        postgresql_where=sa.text("state = 'client_review'"),
    )
    op.create_index("ix_tasks_department_state", "tasks", ["department", "state", "due_on"], unique=False)
    op.create_index(
        "ix_tasks_live_of_department",
        "tasks",
        ["department", "due_on"],
        unique=False,
        sqlite_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
        postgresql_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
    )
    op.create_index(
        "ix_tasks_planned",
        "tasks",
        ["project_id", "department", "assignee_id", "state"],
        unique=False,
        sqlite_where=sa.text("state = 'backlog'"),
        postgresql_where=sa.text("state = 'backlog'"),
    )
    op.create_index("ix_tasks_project_due", "tasks", ["project_id", "due_on", "state"], unique=False)
    op.create_index(op.f("ix_tasks_project_id"), "tasks", ["project_id"], unique=False)
    op.create_index("ix_tasks_project_state", "tasks", ["project_id", "state", "due_on"], unique=False)
    op.create_index(op.f("ix_tasks_search_text"), "tasks", ["search_text"], unique=False)
    op.create_index("ix_tasks_state_due", "tasks", ["state", "due_on"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kept", agency.kit.db.types.Json(), nullable=False),
        sa.Column("checks", agency.kit.db.types.Json(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("shown_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("remarks", agency.kit.db.types.Json(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", agency.kit.db.types.Instant(timezone=True), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('', 'returned', 'passed', 'accepted', 'sent_back')", name=op.f("ck_deliveries_verdict")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_deliveries_by_id_persons")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["persons.id"], name=op.f("fk_deliveries_checked_by_id_persons")),
        sa.ForeignKeyConstraint(
            ["project_id", "client_id"],
            ["projects.id", "projects.client_id"],
            name=op.f("fk_deliveries_project_id_client_id_projects"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id", "client_id"],
            ["tasks.id", "tasks.client_id"],
            name=op.f("fk_deliveries_task_id_client_id_tasks"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_deliveries_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("task_id", "n", name=op.f("uq_deliveries_task_id_n")),
    )
    op.create_index(op.f("ix_deliveries_client_id"), "deliveries", ["client_id"], unique=False)
    op.create_index(op.f("ix_deliveries_project_id"), "deliveries", ["project_id"], unique=False)
    op.create_index(op.f("ix_deliveries_task_id"), "deliveries", ["task_id"], unique=False)
    op.create_table(
        "due_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("becomes_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", agency.kit.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_due_moves_by_id_persons")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_due_moves_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_moves")),
    )
    op.create_index(op.f("ix_due_moves_task_id"), "due_moves", ["task_id"], unique=False)
    op.create_table(
        "task_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_task_marks_requirement_id_requirements")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_marks_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_marks")),
        sa.UniqueConstraint("task_id", "requirement_id", name=op.f("uq_task_marks_task_id_requirement_id")),
    )
    op.create_index(op.f("ix_task_marks_requirement_id"), "task_marks", ["requirement_id"], unique=False)
    op.create_index(op.f("ix_task_marks_task_id"), "task_marks", ["task_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.DDL(statement.replace("%", "%%")))


def downgrade() -> None:
    """Drop everything; PostgreSQL keeps the triggers' functions unless they are dropped with it."""
    op.drop_index(op.f("ix_task_marks_task_id"), table_name="task_marks")
    op.drop_index(op.f("ix_task_marks_requirement_id"), table_name="task_marks")
    op.drop_table("task_marks")
    op.drop_index(op.f("ix_due_moves_task_id"), table_name="due_moves")
    op.drop_table("due_moves")
    op.drop_index(op.f("ix_deliveries_task_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_project_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_client_id"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_index("ix_tasks_state_due", table_name="tasks")
    op.drop_index(op.f("ix_tasks_search_text"), table_name="tasks")
    op.drop_index("ix_tasks_project_state", table_name="tasks")
    op.drop_index(op.f("ix_tasks_project_id"), table_name="tasks")
    op.drop_index("ix_tasks_project_due", table_name="tasks")
    op.drop_index("ix_tasks_live_of_department", table_name="tasks")
    op.drop_index(
        "ix_tasks_planned",
        table_name="tasks",
        sqlite_where=sa.text("state = 'backlog'"),
        postgresql_where=sa.text("state = 'backlog'"),
    )
    op.drop_index("ix_tasks_department_state", table_name="tasks")
    op.drop_index(
        "ix_tasks_live_of_client",
        table_name="tasks",
        sqlite_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
        postgresql_where=sa.text("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')"),
    )
    op.drop_index(
        "ix_tasks_shown_of_project",
        table_name="tasks",
        sqlite_where=sa.text("state = 'client_review'"),
        postgresql_where=sa.text("state = 'client_review'"),
    )
    op.drop_index(
        "ix_tasks_shown_to_client",
        table_name="tasks",
        sqlite_where=sa.text("state = 'client_review'"),
        postgresql_where=sa.text("state = 'client_review'"),
    )
    op.drop_index("ix_tasks_client_state", table_name="tasks")
    op.drop_index(op.f("ix_tasks_client_id"), table_name="tasks")
    op.drop_index("ix_tasks_assignee_state", table_name="tasks")
    op.drop_table("tasks")
    op.drop_index(op.f("ix_receipts_project_id"), table_name="receipts")
    op.drop_index(op.f("ix_receipts_payment_row_id"), table_name="receipts")
    op.drop_index(op.f("ix_receipts_client_id"), table_name="receipts")
    op.drop_table("receipts")
    op.drop_index(op.f("ix_part_marks_requirement_id"), table_name="part_marks")
    op.drop_index(op.f("ix_part_marks_part_id"), table_name="part_marks")
    op.drop_table("part_marks")
    op.drop_index(op.f("ix_line_marks_requirement_id"), table_name="line_marks")
    op.drop_index(op.f("ix_line_marks_line_id"), table_name="line_marks")
    op.drop_table("line_marks")
    op.drop_index(op.f("ix_expectations_project_id"), table_name="expectations")
    op.drop_index(op.f("ix_expectations_payment_row_id"), table_name="expectations")
    op.drop_index(op.f("ix_expectations_client_id"), table_name="expectations")
    op.drop_table("expectations")
    op.drop_index(op.f("ix_smeta_lines_smeta_id"), table_name="smeta_lines")
    op.drop_index(op.f("ix_smeta_lines_lineage"), table_name="smeta_lines")
    op.drop_index(op.f("ix_smeta_lines_client_id"), table_name="smeta_lines")
    op.drop_table("smeta_lines")
    op.drop_index(
        "ix_payment_rows_whole",
        table_name="payment_rows",
        sqlite_where=sa.text("paid = amount"),
        postgresql_where=sa.text("paid = amount"),
    )
    op.drop_index(op.f("ix_payment_rows_smeta_id"), table_name="payment_rows")
    op.drop_index(
        "ix_payment_rows_owed",
        table_name="payment_rows",
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.drop_index(
        "ix_payment_rows_open_oldest",
        table_name="payment_rows",
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.drop_index(
        "ix_payment_rows_open_of_client",
        table_name="payment_rows",
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.drop_index(
        "ix_payment_rows_open",
        table_name="payment_rows",
        sqlite_where=sa.text("paid <> amount"),
        postgresql_where=sa.text("paid <> amount"),
    )
    op.drop_index("ix_payment_rows_of_smeta", table_name="payment_rows")
    op.drop_index(op.f("ix_payment_rows_due_on"), table_name="payment_rows")
    op.drop_index(op.f("ix_payment_rows_client_id"), table_name="payment_rows")
    op.drop_table("payment_rows")
    op.drop_index("ix_openings_subject", table_name="openings")
    op.drop_index("ix_openings_client", table_name="openings")
    op.drop_table("openings")
    op.drop_index(op.f("ix_compensations_promise_id"), table_name="compensations")
    op.drop_index(op.f("ix_compensations_project_id"), table_name="compensations")
    op.drop_index(op.f("ix_compensations_client_id"), table_name="compensations")
    op.drop_table("compensations")
    op.drop_index(op.f("ix_brief_requirements_requirement_id"), table_name="brief_requirements")
    op.drop_index(op.f("ix_brief_requirements_brief_id"), table_name="brief_requirements")
    op.drop_table("brief_requirements")
    op.drop_index(op.f("ix_brief_parts_brief_id"), table_name="brief_parts")
    op.drop_table("brief_parts")
    op.drop_index("ix_time_entries_subject", table_name="time_entries")
    op.drop_index(op.f("ix_time_entries_project_id"), table_name="time_entries")
    op.drop_index("ix_time_entries_person_day", table_name="time_entries")
    op.drop_index("ix_time_entries_day", table_name="time_entries")
    op.drop_index(op.f("ix_time_entries_client_id"), table_name="time_entries")
    op.drop_table("time_entries")
    op.drop_index(
        "uq_smetas_one_approved_base",
        table_name="smetas",
        sqlite_where=sa.text("kind = 'base' AND state = 'approved'"),
        postgresql_where=sa.text("kind = 'base' AND state = 'approved'"),
    )
    op.drop_index("ix_smetas_state_sent", table_name="smetas")
    op.drop_index("ix_smetas_client_state", table_name="smetas")
    op.drop_index("ix_smetas_project_state", table_name="smetas")
    op.drop_index(op.f("ix_smetas_project_id"), table_name="smetas")
    op.drop_index(op.f("ix_smetas_client_id"), table_name="smetas")
    op.drop_index(op.f("ix_smetas_based_on_id"), table_name="smetas")
    op.drop_table("smetas")
    op.drop_index(op.f("ix_requirements_project_id"), table_name="requirements")
    op.drop_index(op.f("ix_requirements_client_id"), table_name="requirements")
    op.drop_table("requirements")
    op.drop_index(
        "uq_reports_one_open",
        table_name="reports",
        sqlite_where=sa.text("state IN ('draft', 'approved')"),
        postgresql_where=sa.text("state IN ('draft', 'approved')"),
    )
    op.drop_index(op.f("ix_reports_state"), table_name="reports")
    op.drop_index("ix_reports_project_until", table_name="reports")
    op.drop_index(op.f("ix_reports_project_id"), table_name="reports")
    op.drop_index("ix_reports_client_state", table_name="reports")
    op.drop_index(op.f("ix_reports_client_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_index("ix_promises_state_due", table_name="promises")
    op.drop_index(op.f("ix_promises_project_id"), table_name="promises")
    op.drop_index("ix_promises_of_client", table_name="promises")
    op.drop_index(
        "ix_promises_open_of_client",
        table_name="promises",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_promises_due_on"), table_name="promises")
    op.drop_index(op.f("ix_promises_client_id"), table_name="promises")
    op.drop_table("promises")
    op.drop_index("ix_project_stages_undone", table_name="project_stages")
    op.drop_index("ix_project_stages_ended", table_name="project_stages")
    op.drop_index(
        "ix_project_stages_coming",
        table_name="project_stages",
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
    op.drop_index(op.f("ix_project_stages_project_id"), table_name="project_stages")
    op.drop_index(op.f("ix_project_stages_client_id"), table_name="project_stages")
    op.drop_table("project_stages")
    op.drop_index(op.f("ix_project_members_project_id"), table_name="project_members")
    op.drop_index(op.f("ix_project_members_person_id"), table_name="project_members")
    op.drop_index(op.f("ix_project_members_client_id"), table_name="project_members")
    op.drop_table("project_members")
    op.drop_index(
        "ix_notices_unread",
        table_name="notices",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index(op.f("ix_notices_project_id"), table_name="notices")
    op.drop_index("ix_notices_newest", table_name="notices")
    op.drop_index(op.f("ix_notices_fact_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_client_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_index(op.f("ix_links_project_id"), table_name="links")
    op.drop_index(op.f("ix_links_person_id"), table_name="links")
    op.drop_index(op.f("ix_links_client_id"), table_name="links")
    op.drop_table("links")
    op.drop_index(op.f("ix_files_uploaded_by_id"), table_name="files")
    op.drop_index(op.f("ix_files_sha256"), table_name="files")
    op.drop_index(op.f("ix_files_project_id"), table_name="files")
    op.drop_index(op.f("ix_files_client_id"), table_name="files")
    op.drop_table("files")
    op.drop_index("ix_documents_subject", table_name="documents")
    op.drop_index(op.f("ix_documents_state"), table_name="documents")
    op.drop_index(op.f("ix_documents_project_id"), table_name="documents")
    op.drop_index(op.f("ix_documents_client_id"), table_name="documents")
    op.drop_table("documents")
    op.drop_index("ix_comments_subject", table_name="comments")
    op.drop_index(op.f("ix_comments_project_id"), table_name="comments")
    op.drop_index(op.f("ix_comments_client_id"), table_name="comments")
    op.drop_table("comments")
    op.drop_index(
        "uq_briefs_one_open",
        table_name="briefs",
        sqlite_where=sa.text("state IN ('draft', 'sent', 'issued')"),
        postgresql_where=sa.text("state IN ('draft', 'sent', 'issued')"),
    )
    op.drop_index(
        "ix_briefs_shown_of_client",
        table_name="briefs",
        sqlite_where=sa.text("state = 'sent' AND department IS NULL"),
        postgresql_where=sa.text("state = 'sent' AND department IS NULL"),
    )
    op.drop_index(
        "ix_briefs_shown_of_project",
        table_name="briefs",
        sqlite_where=sa.text("state = 'sent' AND department IS NULL"),
        postgresql_where=sa.text("state = 'sent' AND department IS NULL"),
    )
    op.drop_index("ix_briefs_state_sent", table_name="briefs")
    op.drop_index(op.f("ix_briefs_project_id"), table_name="briefs")
    op.drop_index(op.f("ix_briefs_client_id"), table_name="briefs")
    op.drop_table("briefs")
    op.drop_index(op.f("ix_approvals_project_id"), table_name="approvals")
    op.drop_index(op.f("ix_approvals_client_id"), table_name="approvals")
    op.drop_table("approvals")
    op.drop_index(op.f("ix_request_messages_request_id"), table_name="request_messages")
    op.drop_table("request_messages")
    op.drop_index(op.f("ix_projects_state"), table_name="projects")
    op.drop_index(op.f("ix_projects_search_text"), table_name="projects")
    op.drop_index("ix_projects_stands_until", table_name="projects")
    op.drop_index("ix_projects_manager", table_name="projects")
    op.drop_index("ix_projects_client_state", table_name="projects")
    op.drop_index(op.f("ix_projects_launches_on"), table_name="projects")
    op.drop_index(
        "ix_projects_deputy",
        table_name="projects",
        sqlite_where=sa.text("deputy_id IS NOT NULL"),
        postgresql_where=sa.text("deputy_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_projects_client_id"), table_name="projects")
    op.drop_table("projects")
    op.drop_index(op.f("ix_requests_taken_by_id"), table_name="requests")
    op.drop_index("ix_requests_state_due", table_name="requests")
    op.drop_index(op.f("ix_requests_state"), table_name="requests")
    op.drop_index(
        "ix_requests_our_turn",
        table_name="requests",
        sqlite_where=sa.text("state IN ('new', 'in_review')"),
        postgresql_where=sa.text("state IN ('new', 'in_review')"),
    )
    op.drop_index(op.f("ix_requests_client_id"), table_name="requests")
    op.drop_table("requests")
    op.drop_index(op.f("ix_deputies_person_id"), table_name="deputies")
    op.drop_index(op.f("ix_deputies_client_id"), table_name="deputies")
    op.drop_table("deputies")
    op.drop_index(op.f("ix_contacts_person_id"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_client_id"), table_name="contacts")
    op.drop_table("contacts")
    op.drop_index(op.f("ix_client_nuances_client_id"), table_name="client_nuances")
    op.drop_table("client_nuances")
    op.drop_index(op.f("ix_brands_client_id"), table_name="brands")
    op.drop_table("brands")
    op.drop_index(op.f("ix_billing_entities_client_id"), table_name="billing_entities")
    op.drop_table("billing_entities")
    op.drop_index(op.f("ix_sessions_person_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("seals")
    op.drop_index(op.f("ix_person_roles_person_id"), table_name="person_roles")
    op.drop_table("person_roles")
    op.drop_index(op.f("ix_owner_matters_person_id"), table_name="owner_matters")
    op.drop_table("owner_matters")
    op.drop_index(op.f("ix_outbox_relayed_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("notice_choices")
    op.drop_table("mail_contents")
    op.drop_index("ix_jobs_state_run_at", table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_invitations_person_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_clients_sort_key"), table_name="clients")
    op.drop_index(op.f("ix_clients_search_text"), table_name="clients")
    op.drop_index(op.f("ix_clients_manager_id"), table_name="clients")
    op.drop_table("clients")
    op.drop_table("tax_rates")
    op.drop_table("settings")
    op.drop_index("ix_search_words_row", table_name="search_words")
    op.drop_table("search_words")
    op.drop_index(op.f("ix_persons_sort_key"), table_name="persons")
    op.drop_index(op.f("ix_persons_search_text"), table_name="persons")
    op.drop_index("ix_persons_kind_name", table_name="persons")
    op.drop_table("persons")
    op.drop_table("own_entities")
    op.drop_index(op.f("ix_mails_to_address"), table_name="mails")
    op.drop_index("ix_mails_subject", table_name="mails")
    op.drop_index("ix_mails_state_sent_at", table_name="mails")
    op.drop_index(op.f("ix_mails_project_id"), table_name="mails")
    op.drop_index(op.f("ix_mails_client_id"), table_name="mails")
    op.drop_table("mails")
    op.drop_table("leases")
    op.drop_index(op.f("ix_hits_bucket"), table_name="hits")
    op.drop_table("hits")
    for of in ("client", "project"):
        op.drop_index(
            f"ix_facts_told_of_{of}",
            table_name="facts",
            sqlite_where=sa.text(TOLD),
            postgresql_where=sa.text(TOLD),
        )
    op.drop_index(
        "ix_facts_for_client",
        table_name="facts",
        sqlite_where=sa.text("audience = 'client'"),
        postgresql_where=sa.text("audience = 'client'"),
    )
    op.drop_index(op.f("ix_facts_verb"), table_name="facts")
    op.drop_index("ix_facts_subject", table_name="facts")
    op.drop_index(op.f("ix_facts_project_id"), table_name="facts")
    op.drop_index(op.f("ix_facts_client_id"), table_name="facts")
    op.drop_index(op.f("ix_facts_at"), table_name="facts")
    op.drop_table("facts")
    op.drop_table("departments")
    op.drop_table("counters")
    op.drop_table("approval_limits")
