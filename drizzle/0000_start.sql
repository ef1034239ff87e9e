CREATE TYPE "public"."callback_state" AS ENUM('pending', 'delivered', 'dead');--> statement-breakpoint
CREATE TYPE "public"."command_state" AS ENUM('queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."command_type" AS ENUM('login', 'logout', 'sync_rooms');--> statement-breakpoint
CREATE TYPE "public"."message_direction" AS ENUM('in', 'out');--> statement-breakpoint
CREATE TYPE "public"."message_state" AS ENUM('queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled', 'received');--> statement-breakpoint
CREATE TYPE "public"."message_type" AS ENUM('text', 'image', 'other');--> statement-breakpoint
CREATE TYPE "public"."operator_role" AS ENUM('admin', 'viewer');--> statement-breakpoint
CREATE TYPE "public"."binding_source" AS ENUM('rule', 'operator');--> statement-breakpoint
CREATE TYPE "public"."session_state" AS ENUM('starting', 'waiting_scan', 'waiting_confirm', 'online', 'reconnecting', 'ended');--> statement-breakpoint
CREATE TABLE "applications" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"callback_url" text,
	"room_scope" text DEFAULT 'bound' NOT NULL,
	"event_types" text[] DEFAULT '{send_message}' NOT NULL,
	"signing_secret_sealed" text NOT NULL,
	"callback_token_sealed" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"rate_limit_per_minute" integer DEFAULT 600 NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "callback_attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"is_delivered" boolean NOT NULL,
	"http_status" integer,
	"answer_excerpt" text DEFAULT '' NOT NULL,
	"error" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "callback_events" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"application_id" text NOT NULL,
	"lane" text NOT NULL,
	"type" text NOT NULL,
	"login_url" text,
	"robot_id" text,
	"room_id" text,
	"message_id" text,
	"data" jsonb NOT NULL,
	"state" "callback_state" DEFAULT 'pending' NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"robot_id" text NOT NULL,
	"type" "command_type" NOT NULL,
	"state" "command_state" DEFAULT 'queued' NOT NULL,
	"result" jsonb,
	"error_code" text,
	"error_message" text,
	"deadline_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"message_id" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"robot_id" text NOT NULL,
	"direction" "message_direction" NOT NULL,
	"type" "message_type" NOT NULL,
	"state" "message_state" NOT NULL,
	"room_id" text,
	"peer_username" text,
	"sender_name" text DEFAULT '' NOT NULL,
	"content" text NOT NULL,
	"wechat_id" text,
	"error_code" text,
	"error_message" text,
	"idempotency_key" text,
	"idempotency_hash" text,
	"deadline_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target_id" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"peer_address" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" "operator_role" DEFAULT 'admin' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operators_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"peer_address" text NOT NULL,
	"failed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "robots" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"username" text NOT NULL,
	"nickname" text DEFAULT '' NOT NULL,
	"agent_id" text,
	"wechat_uin" text,
	"send_rate_per_minute" integer DEFAULT 60 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"room_id" text PRIMARY KEY NOT NULL,
	"is_bound" boolean NOT NULL,
	"source" "binding_source" NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_usernames" (
	"robot_id" text NOT NULL,
	"username" text NOT NULL,
	"room_id" text NOT NULL,
	CONSTRAINT "room_usernames_robot_id_username_pk" PRIMARY KEY("robot_id","username")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"name" text NOT NULL,
	"username" text,
	"wechat_id" text,
	"member_count" integer DEFAULT 0 NOT NULL,
	"gone_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"robot_id" text PRIMARY KEY NOT NULL,
	"worker_id" text,
	"epoch" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"state" "session_state" DEFAULT 'starting' NOT NULL,
	"qr_key" text NOT NULL,
	"qr_content" text,
	"avatar" text,
	"callback_url" text,
	"attempt_expires_at" timestamp with time zone NOT NULL,
	"credentials_sealed" text,
	"account_username" text,
	"state_changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"online_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"hostname" text NOT NULL,
	"robot_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callback_attempts" ADD CONSTRAINT "callback_attempts_event_id_callback_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."callback_events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callback_events" ADD CONSTRAINT "callback_events_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callback_events" ADD CONSTRAINT "callback_events_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callback_events" ADD CONSTRAINT "callback_events_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callback_events" ADD CONSTRAINT "callback_events_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_usernames" ADD CONSTRAINT "room_usernames_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "tokens_application" ON "tokens" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "callback_attempts_event" ON "callback_attempts" USING btree ("event_id","number");--> statement-breakpoint
CREATE INDEX "callback_events_due" ON "callback_events" USING btree ("lane","next_attempt_at","sequence") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "callback_events_room" ON "callback_events" USING btree ("room_id","sequence") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "callback_events_latest" ON "callback_events" USING btree ("application_id","sequence" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "commands_mailbox" ON "commands" USING btree ("robot_id","sequence") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "messages_received_once" ON "messages" USING btree ("robot_id","wechat_id") WHERE direction = 'in';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_idempotency" ON "messages" USING btree ("robot_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "messages_mailbox" ON "messages" USING btree ("robot_id","sequence") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "messages_robot_latest" ON "messages" USING btree ("robot_id","sequence" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "messages_room_latest" ON "messages" USING btree ("room_id","sequence" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_latest" ON "audit_entries" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sign_in_failures_email" ON "sign_in_failures" USING btree ("email","failed_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_peer" ON "sign_in_failures" USING btree ("peer_address","failed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "robots_application_username" ON "robots" USING btree ("application_id","username") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "room_usernames_room" ON "room_usernames" USING btree ("room_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rooms_current_username" ON "rooms" USING btree ("robot_id","username");--> statement-breakpoint
CREATE INDEX "rooms_robot_name" ON "rooms" USING btree ("robot_id","name");--> statement-breakpoint
CREATE INDEX "leases_worker" ON "leases" USING btree ("worker_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_live" ON "sessions" USING btree ("robot_id") WHERE state <> 'ended';--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_qr_key" ON "sessions" USING btree ("qr_key");