CREATE TABLE "alert_channels" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"language" text DEFAULT 'zh-CN' NOT NULL,
	"kinds" text[] NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"settings" jsonb NOT NULL,
	"secrets_sealed" text NOT NULL,
	"robot_id" text,
	"next_send_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_sent_at" timestamp with time zone,
	"last_failed_at" timestamp with time zone,
	"failure_reason" text,
	"failure_params" jsonb,
	"test_requested_at" timestamp with time zone,
	"tested_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_deliveries" (
	"alert_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"phase" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "alert_deliveries_alert_id_channel_id_phase_pk" PRIMARY KEY("alert_id","channel_id","phase")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target_id" text NOT NULL,
	"application_id" text,
	"params" jsonb NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cleared_at" timestamp with time zone,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "installation_settings" (
	"id" text PRIMARY KEY NOT NULL,
	"waiting_minutes" integer DEFAULT 10 NOT NULL,
	"disk_percent" integer DEFAULT 90 NOT NULL,
	"database_limit_gb" integer,
	"response_days" integer,
	"event_days" integer,
	"media_days" integer,
	"message_days" integer,
	"session_change_days" integer,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_channel_id_alert_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."alert_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_channels_application" ON "alert_channels" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "alert_channels_robot" ON "alert_channels" USING btree ("robot_id") WHERE robot_id is not null;--> statement-breakpoint
CREATE INDEX "alert_deliveries_waiting" ON "alert_deliveries" USING btree ("channel_id","next_attempt_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("kind","target_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "alerts_latest" ON "alerts" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "alerts_application" ON "alerts" USING btree ("application_id","opened_at");