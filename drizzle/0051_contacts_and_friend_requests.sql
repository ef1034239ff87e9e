CREATE TYPE "public"."friend_request_state" AS ENUM('pending', 'accepted', 'refused', 'expired');--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'set_remark';--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'accept_friend';--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'refuse_friend';--> statement-breakpoint
ALTER TYPE "public"."command_type" ADD VALUE 'list_members';--> statement-breakpoint
CREATE TABLE "address_book" (
	"robot_id" text NOT NULL,
	"username" text NOT NULL,
	"nickname" text NOT NULL,
	"remark" text NOT NULL,
	"shown_name" text NOT NULL,
	CONSTRAINT "address_book_robot_id_username_pk" PRIMARY KEY("robot_id","username")
);
--> statement-breakpoint
CREATE TABLE "friend_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"robot_id" text NOT NULL,
	"username" text NOT NULL,
	"nickname" text NOT NULL,
	"greeting" text NOT NULL,
	"ticket" text NOT NULL,
	"state" "friend_request_state" DEFAULT 'pending' NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text
);
--> statement-breakpoint
CREATE TABLE "room_members" (
	"room_id" text NOT NULL,
	"username" text NOT NULL,
	"nickname" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "room_members_room_id_username_pk" PRIMARY KEY("room_id","username")
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "members_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "address_book" ADD CONSTRAINT "address_book_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_members" ADD CONSTRAINT "room_members_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_book_name" ON "address_book" USING btree ("robot_id","shown_name","username");--> statement-breakpoint
CREATE UNIQUE INDEX "friend_requests_pending" ON "friend_requests" USING btree ("robot_id","username") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "friend_requests_robot" ON "friend_requests" USING btree ("robot_id","sequence");