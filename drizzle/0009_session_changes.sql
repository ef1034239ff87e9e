CREATE TABLE "session_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"session_id" text NOT NULL,
	"state" "session_state" NOT NULL,
	"cause" text,
	"actor" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "actor" text;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "send_jitter_percent" integer DEFAULT 15 NOT NULL;--> statement-breakpoint
ALTER TABLE "session_changes" ADD CONSTRAINT "session_changes_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_changes" ADD CONSTRAINT "session_changes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_changes_robot" ON "session_changes" USING btree ("robot_id","id");--> statement-breakpoint
CREATE INDEX "session_changes_age" ON "session_changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "messages_sent" ON "messages" USING btree ("robot_id","finished_at") WHERE state = 'sent';--> statement-breakpoint
INSERT INTO "session_changes" ("robot_id", "session_id", "state", "cause", "at")
SELECT "robot_id", "id", "state", "end_reason", coalesce("ended_at", "state_changed_at") FROM "sessions" ORDER BY coalesce("ended_at", "state_changed_at");
