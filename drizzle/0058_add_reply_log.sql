ALTER TABLE "reply_decisions" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "reply_settings" ADD COLUMN "qun_ids" text[];--> statement-breakpoint
-- concurrently: reply_decisions_log
CREATE INDEX IF NOT EXISTS "reply_decisions_log" ON "reply_decisions" USING btree ("robot_id","outcome","sequence");--> statement-breakpoint
-- concurrently: reply_decisions_rule_log
CREATE INDEX IF NOT EXISTS "reply_decisions_rule_log" ON "reply_decisions" USING btree ("rule_id","sequence");