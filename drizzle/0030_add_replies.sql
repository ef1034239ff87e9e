CREATE TYPE "public"."reply_decision_state" AS ENUM('due', 'callback', 'model', 'done');--> statement-breakpoint
CREATE TABLE "articles" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"terms" text[] NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_usage" (
	"application_id" text NOT NULL,
	"month" date NOT NULL,
	"request_count" integer DEFAULT 0 NOT NULL,
	"prompt_tokens" integer DEFAULT 0 NOT NULL,
	"answer_tokens" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "model_usage_application_id_month_pk" PRIMARY KEY("application_id","month")
);
--> statement-breakpoint
CREATE TABLE "reply_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"robot_id" text NOT NULL,
	"event_key" text NOT NULL,
	"message_id" text,
	"room_id" text,
	"peer_username" text,
	"person_name" text NOT NULL,
	"state" "reply_decision_state" DEFAULT 'due' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"callback_event_id" text,
	"callback_reply" jsonb,
	"outcome" text,
	"silence" text,
	"rule_id" text,
	"failure" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reply_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"name" text NOT NULL,
	"robot_id" text,
	"qun_id" text,
	"position" integer NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"trigger" text NOT NULL,
	"patterns" text[] NOT NULL,
	"opening_hours" jsonb,
	"answer" text NOT NULL,
	"content" text NOT NULL,
	"cooldown_seconds" integer DEFAULT 0 NOT NULL,
	"fired_count" integer DEFAULT 0 NOT NULL,
	"last_fired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_settings" (
	"application_id" text PRIMARY KEY NOT NULL,
	"uses_rules" boolean DEFAULT false NOT NULL,
	"uses_callback" boolean DEFAULT false NOT NULL,
	"uses_model" boolean DEFAULT false NOT NULL,
	"uses_handover" boolean DEFAULT false NOT NULL,
	"handover_keywords" text[] DEFAULT '{人工}' NOT NULL,
	"hands_over_unanswered" boolean DEFAULT true NOT NULL,
	"handover_text" text DEFAULT '' NOT NULL,
	"robot_ids" text[],
	"person_cooldown_seconds" integer DEFAULT 5 NOT NULL,
	"room_replies_per_minute" integer DEFAULT 10 NOT NULL,
	"model_url" text DEFAULT '' NOT NULL,
	"model_key_sealed" text,
	"model_name" text DEFAULT '' NOT NULL,
	"model_instructions" text DEFAULT '' NOT NULL,
	"model_temperature" real DEFAULT 0.3 NOT NULL,
	"model_max_tokens" integer DEFAULT 800 NOT NULL,
	"model_timeout_seconds" integer DEFAULT 20 NOT NULL,
	"model_monthly_tokens" integer DEFAULT 1000000 NOT NULL,
	"model_room_mode" text DEFAULT 'mentioned' NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_usage" ADD CONSTRAINT "model_usage_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_decisions" ADD CONSTRAINT "reply_decisions_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_decisions" ADD CONSTRAINT "reply_decisions_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_decisions" ADD CONSTRAINT "reply_decisions_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_decisions" ADD CONSTRAINT "reply_decisions_rule_id_reply_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."reply_rules"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_rules" ADD CONSTRAINT "reply_rules_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_rules" ADD CONSTRAINT "reply_rules_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_rules" ADD CONSTRAINT "reply_rules_qun_id_quns_id_fk" FOREIGN KEY ("qun_id") REFERENCES "public"."quns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_settings" ADD CONSTRAINT "reply_settings_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_application" ON "articles" USING btree ("application_id","created_at");--> statement-breakpoint
CREATE INDEX "articles_source" ON "articles" USING btree ("application_id","source");--> statement-breakpoint
CREATE INDEX "articles_terms" ON "articles" USING gin ("terms");--> statement-breakpoint
CREATE UNIQUE INDEX "reply_decisions_event" ON "reply_decisions" USING btree ("robot_id","event_key");--> statement-breakpoint
CREATE UNIQUE INDEX "reply_decisions_message" ON "reply_decisions" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "reply_decisions_open" ON "reply_decisions" USING btree ("robot_id","due_at") WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX "reply_decisions_callback" ON "reply_decisions" USING btree ("callback_event_id") WHERE state <> 'done' and callback_event_id is not null;--> statement-breakpoint
CREATE INDEX "reply_decisions_room" ON "reply_decisions" USING btree ("room_id","decided_at");--> statement-breakpoint
CREATE INDEX "reply_decisions_person" ON "reply_decisions" USING btree ("robot_id","peer_username","decided_at");--> statement-breakpoint
CREATE INDEX "reply_decisions_rule" ON "reply_decisions" USING btree ("rule_id","decided_at");--> statement-breakpoint
CREATE INDEX "reply_decisions_age" ON "reply_decisions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "reply_rules_application" ON "reply_rules" USING btree ("application_id","position");--> statement-breakpoint
CREATE INDEX "reply_rules_robot" ON "reply_rules" USING btree ("robot_id");--> statement-breakpoint
CREATE INDEX "reply_rules_qun" ON "reply_rules" USING btree ("qun_id");