DROP INDEX "callback_events_room";--> statement-breakpoint
DROP INDEX "callback_events_due";--> statement-breakpoint
CREATE INDEX "callback_events_heads" ON "callback_events" USING btree ("lane","room_id","sequence") WHERE state = 'pending' and attempt_count < 2 and room_id is not null;--> statement-breakpoint
CREATE INDEX "callback_events_free" ON "callback_events" USING btree ("lane","next_attempt_at") WHERE state = 'pending' and (attempt_count >= 2 or room_id is null);--> statement-breakpoint
CREATE INDEX "callback_events_due" ON "callback_events" USING btree ("lane","next_attempt_at") WHERE state = 'pending';