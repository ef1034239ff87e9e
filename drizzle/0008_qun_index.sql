DROP INDEX "quns_pending";--> statement-breakpoint
CREATE INDEX "quns_robot" ON "quns" USING btree ("robot_id");