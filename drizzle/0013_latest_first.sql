DROP INDEX "messages_robot_latest";--> statement-breakpoint
DROP INDEX "messages_room_latest";--> statement-breakpoint
DROP INDEX "audit_entries_latest";--> statement-breakpoint
CREATE INDEX "messages_failed" ON "messages" USING btree ("robot_id","sequence") WHERE state in ('refused', 'unknown', 'cancelled');--> statement-breakpoint
CREATE INDEX "messages_robot_latest" ON "messages" USING btree ("robot_id","sequence");--> statement-breakpoint
CREATE INDEX "messages_room_latest" ON "messages" USING btree ("room_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_latest" ON "audit_entries" USING btree ("at");