-- The audit is a chain: each entry's hash covers the hash of the entry before and its own content, so that an entry which is changed,
-- removed or put in between afterwards is found by `cli audit verify`. lib/audit/verify-audit.ts computes the same.

-- Entries are chained when their transaction commits: the lock is held for as long as a commit takes, and no row lock is waited for meanwhile.
CREATE FUNCTION audit_hash(previous text, entry audit_entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(previous || E'\n' || jsonb_build_object(
    'sequence', entry.sequence, 'id', entry.id, 'actor', entry.actor, 'action', entry.action, 'targetId', entry.target_id,
    'detail', entry.detail, 'peerAddress', entry.peer_address,
    'at', to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
  entry audit_entries;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('wxbot audit chain', 0));
  SELECT sequence, hash INTO last FROM audit_entries WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1;
  entry := NEW;
  entry.sequence := coalesce(last.sequence, 0) + 1;
  UPDATE audit_entries SET sequence = entry.sequence, hash = audit_hash(coalesce(last.hash, ''), entry) WHERE id = NEW.id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION begin_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sequence := NULL;
  NEW.hash := NULL;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The one change is the chaining itself, by the trigger above.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.sequence IS NULL
    AND to_jsonb(NEW) - 'sequence' - 'hash' = to_jsonb(OLD) - 'sequence' - 'hash' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit entries are never changed or removed' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  entry audit_entries;
  place bigint := 0;
  previous text := '';
BEGIN
  FOR entry IN SELECT * FROM audit_entries ORDER BY id LOOP
    place := place + 1;
    entry.sequence := place;
    previous := audit_hash(previous, entry);
    UPDATE audit_entries SET sequence = place, hash = previous WHERE id = entry.id;
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_begin BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION begin_audit_entry();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_entries_chain AFTER INSERT ON audit_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();
--> statement-breakpoint
CREATE TRIGGER audit_entries_keep BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_entries_keep_all BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER audit_entries_keep;
--> statement-breakpoint
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER audit_entries_keep_all;
