ALTER TYPE "public"."command_type" ADD VALUE 'room_code';--> statement-breakpoint
CREATE TABLE "room_codes" (
	"room_id" text PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "room_codes" ADD CONSTRAINT "room_codes_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_codes" ADD CONSTRAINT "room_codes_file_id_outgoing_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."outgoing_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_codes_file" ON "room_codes" USING btree ("file_id");