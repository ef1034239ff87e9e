DROP INDEX IF EXISTS "audit_entries_target";--> statement-breakpoint
CREATE INDEX "audit_entries_target" ON "audit_entries" USING hash ("target_id");