CREATE TABLE "room_candidates" (
	"room_id" text NOT NULL,
	"candidate_id" text NOT NULL,
	CONSTRAINT "room_candidates_room_id_candidate_id_pk" PRIMARY KEY("room_id","candidate_id")
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "account_uin" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "head_seq" text;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "members" jsonb;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "is_doubtful" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room_candidates" ADD CONSTRAINT "room_candidates_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_candidates" ADD CONSTRAINT "room_candidates_candidate_id_rooms_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_candidates_candidate" ON "room_candidates" USING btree ("candidate_id");--> statement-breakpoint
-- So far a robot has had one account only.
UPDATE "rooms" SET "account_uin" = (SELECT "wechat_uin" FROM "robots" WHERE "robots"."id" = "rooms"."robot_id");
