DROP INDEX "messages_age";--> statement-breakpoint
CREATE INDEX "memberships_joined" ON "memberships" USING btree ("joined_at");--> statement-breakpoint
CREATE INDEX "messages_unknown" ON "messages" USING btree ("finished_at") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "sessions_robot" ON "sessions" USING btree ("robot_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_age" ON "messages" USING btree ("created_at","state","finished_at");