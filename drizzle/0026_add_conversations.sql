CREATE TYPE "public"."conversation_entry_kind" AS ENUM('note', 'handover_requested', 'assigned', 'released', 'resolved', 'reopened');--> statement-breakpoint
CREATE TYPE "public"."conversation_state" AS ENUM('bot', 'waiting', 'assigned', 'closed');--> statement-breakpoint
CREATE TABLE "conversation_entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"kind" "conversation_entry_kind" NOT NULL,
	"operator_id" text,
	"text" text DEFAULT '' NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"room_id" text,
	"peer_username" text,
	"name" text DEFAULT '' NOT NULL,
	"state" "conversation_state" DEFAULT 'bot' NOT NULL,
	"assignee_id" text,
	"unread_count" integer DEFAULT 0 NOT NULL,
	"last_message_id" text NOT NULL,
	"last_sequence" bigint NOT NULL,
	"last_message_at" timestamp with time zone NOT NULL,
	"waiting_since" timestamp with time zone,
	"handover_reason" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reply_source" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reply_reason" jsonb;--> statement-breakpoint
ALTER TABLE "conversation_entries" ADD CONSTRAINT "conversation_entries_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_entries" ADD CONSTRAINT "conversation_entries_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_id_operators_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_entries_conversation" ON "conversation_entries" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "conversation_entries_age" ON "conversation_entries" USING btree ("created_at","kind");--> statement-breakpoint
CREATE INDEX "conversation_entries_operator" ON "conversation_entries" USING btree ("operator_id") WHERE operator_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_room" ON "conversations" USING btree ("room_id") WHERE room_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_peer" ON "conversations" USING btree ("robot_id","peer_username") WHERE room_id is null;--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("waiting_since") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "conversations_assignee" ON "conversations" USING btree ("assignee_id","last_sequence") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_unread" ON "conversations" USING btree ("last_sequence") WHERE unread_count > 0;--> statement-breakpoint
CREATE INDEX "conversations_open" ON "conversations" USING btree ("last_sequence") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "conversations_closed" ON "conversations" USING btree ("last_sequence") WHERE state = 'closed';--> statement-breakpoint
CREATE INDEX "conversations_robot" ON "conversations" USING btree ("robot_id","last_sequence");--> statement-breakpoint
CREATE INDEX "conversations_age" ON "conversations" USING btree ("last_message_at");--> statement-breakpoint
CREATE INDEX "messages_peer_latest" ON "messages" USING btree ("robot_id","peer_username","sequence") WHERE peer_username is not null;--> statement-breakpoint
-- Messages received so far count as read.
INSERT INTO "conversations" ("id", "robot_id", "room_id", "peer_username", "name", "last_message_id", "last_sequence", "last_message_at", "created_at")
SELECT 'cnv_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 22), latest.robot_id, latest.room_id,
  CASE WHEN latest.room_id IS NULL THEN latest.peer_username END, coalesce(named.sender_name, ''),
  latest.id, latest.sequence, latest.created_at, latest.created_at
FROM (
  SELECT DISTINCT ON (robot_id, room_id, CASE WHEN room_id IS NULL THEN peer_username END)
    id, robot_id, room_id, peer_username, sequence, created_at
  FROM "messages"
  WHERE room_id IS NOT NULL OR (peer_username IS NOT NULL AND peer_username <> 'filehelper')
  ORDER BY robot_id, room_id, CASE WHEN room_id IS NULL THEN peer_username END, sequence DESC
) latest
LEFT JOIN LATERAL (
  SELECT sender_name FROM "messages" named
  WHERE latest.room_id IS NULL AND named.robot_id = latest.robot_id AND named.peer_username = latest.peer_username
    AND named.direction = 'in' AND named.sender_name <> ''
  ORDER BY named.sequence DESC LIMIT 1
) named ON true;
