ALTER TABLE "conversations" ADD COLUMN "service_handover_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "welcome_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "hands_over_in_service" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "conversations_service_handover" ON "conversations" USING btree ("robot_id","service_handover_at") WHERE service_handover_at is not null;