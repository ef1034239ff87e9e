CREATE TABLE "callback_endpoints" (
	"lane" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"url" text NOT NULL,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"failed_probe_count" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"last_failed_at" timestamp with time zone,
	"held_until" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"pause_reason" text
);
--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "previous_signing_secret_sealed" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "previous_signing_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "callback_endpoints" ADD CONSTRAINT "callback_endpoints_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callback_attempts_answers" ON "callback_attempts" USING btree ("started_at") WHERE answer_excerpt <> '';--> statement-breakpoint
CREATE INDEX "callback_events_dead" ON "callback_events" USING btree ("application_id","finished_at") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "callback_events_age" ON "callback_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "media_age" ON "media" USING btree ("created_at");