DROP INDEX "callback_events_latest";--> statement-breakpoint
ALTER TABLE "callback_events" ADD COLUMN "replay_id" text;--> statement-breakpoint
CREATE INDEX "callback_events_of_application" ON "callback_events" USING btree ("application_id","created_at");--> statement-breakpoint
CREATE INDEX "callback_events_of_robot" ON "callback_events" USING btree ("robot_id","created_at");--> statement-breakpoint
CREATE INDEX "callback_events_of_message" ON "callback_events" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "callback_events_of_replay" ON "callback_events" USING btree ("replay_id","created_at") WHERE replay_id is not null;