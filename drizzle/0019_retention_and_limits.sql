ALTER TABLE "callback_events" DROP CONSTRAINT "callback_events_message_id_messages_id_fk";
--> statement-breakpoint
ALTER TABLE "callback_events" ADD CONSTRAINT "callback_events_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_message" ON "media" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "media_robot" ON "media" USING btree ("robot_id","size_bytes");--> statement-breakpoint
ALTER TABLE "media" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
