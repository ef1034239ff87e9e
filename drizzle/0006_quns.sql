CREATE TYPE "public"."membership_role" AS ENUM('owner', 'member');--> statement-breakpoint
CREATE TYPE "public"."membership_state" AS ENUM('asked', 'known', 'invited', 'joined', 'refused', 'left');--> statement-breakpoint
CREATE TYPE "public"."qun_state" AS ENUM('pending', 'open', 'closed');--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'make_room';--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'add_member';--> statement-breakpoint
CREATE TABLE "assistant_codes" (
	"robot_id" text PRIMARY KEY NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "companions" (
	"robot_id" text NOT NULL,
	"name" text NOT NULL,
	"contact_id" text,
	CONSTRAINT "companions_robot_id_name_pk" PRIMARY KEY("robot_id","name")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"tag" text NOT NULL,
	"nickname" text NOT NULL,
	"wechat_id" text,
	"username" text,
	"remarked_at" timestamp with time zone,
	"wrong_code_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cooldowns" (
	"robot_id" text NOT NULL,
	"operation" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"strike_count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cooldowns_robot_id_operation_pk" PRIMARY KEY("robot_id","operation")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"qun_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"role" "membership_role" DEFAULT 'member' NOT NULL,
	"state" "membership_state" NOT NULL,
	"join_token_id" text,
	"friend_ticket" text,
	"retry_at" timestamp with time zone,
	"failure" text DEFAULT '' NOT NULL,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"accepted_at" timestamp with time zone,
	"joined_at" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "join_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"qun_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone,
	"max_uses" integer,
	"replaced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "join_tokens_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "qun_visits" (
	"qun_id" text NOT NULL,
	"visitor" text NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "qun_visits_qun_id_visitor_pk" PRIMARY KEY("qun_id","visitor")
);
--> statement-breakpoint
CREATE TABLE "quns" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"number" text NOT NULL,
	"code" text NOT NULL,
	"owner_name" text NOT NULL,
	"owner_key" text NOT NULL,
	"name" text NOT NULL,
	"state" "qun_state" DEFAULT 'pending' NOT NULL,
	"owner_id" text,
	"room_id" text,
	"is_lookup_due" boolean DEFAULT true NOT NULL,
	"is_recount_due" boolean DEFAULT false NOT NULL,
	"making_since" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"failure" text DEFAULT '' NOT NULL,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"paused_at" timestamp with time zone,
	"full_at" timestamp with time zone,
	"opened_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quns_number_unique" UNIQUE("number"),
	CONSTRAINT "quns_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "payload" jsonb;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "is_assistant" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "assistant_codes" ADD CONSTRAINT "assistant_codes_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companions" ADD CONSTRAINT "companions_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companions" ADD CONSTRAINT "companions_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooldowns" ADD CONSTRAINT "cooldowns_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_qun_id_quns_id_fk" FOREIGN KEY ("qun_id") REFERENCES "public"."quns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_join_token_id_join_tokens_id_fk" FOREIGN KEY ("join_token_id") REFERENCES "public"."join_tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_tokens" ADD CONSTRAINT "join_tokens_qun_id_quns_id_fk" FOREIGN KEY ("qun_id") REFERENCES "public"."quns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qun_visits" ADD CONSTRAINT "qun_visits_qun_id_quns_id_fk" FOREIGN KEY ("qun_id") REFERENCES "public"."quns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quns" ADD CONSTRAINT "quns_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quns" ADD CONSTRAINT "quns_owner_id_contacts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quns" ADD CONSTRAINT "quns_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_tag" ON "contacts" USING btree ("robot_id","tag");--> statement-breakpoint
CREATE INDEX "contacts_username" ON "contacts" USING btree ("robot_id","username");--> statement-breakpoint
CREATE INDEX "contacts_wechat_id" ON "contacts" USING btree ("robot_id","wechat_id") WHERE wechat_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_person" ON "memberships" USING btree ("qun_id","contact_id");--> statement-breakpoint
CREATE INDEX "memberships_contact" ON "memberships" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "memberships_open" ON "memberships" USING btree ("qun_id") WHERE state in ('asked', 'known');--> statement-breakpoint
CREATE INDEX "memberships_token" ON "memberships" USING btree ("join_token_id");--> statement-breakpoint
CREATE INDEX "join_tokens_qun" ON "join_tokens" USING btree ("qun_id","created_at");--> statement-breakpoint
CREATE INDEX "quns_pending" ON "quns" USING btree ("robot_id") WHERE state = 'pending' or is_recount_due;--> statement-breakpoint
CREATE INDEX "quns_room" ON "quns" USING btree ("room_id");--> statement-breakpoint
CREATE UNIQUE INDEX "robots_assistant" ON "robots" USING btree ("username") WHERE is_assistant and deleted_at is null;