ALTER TYPE "public"."conversation_entry_kind" ADD VALUE 'service_refused';--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "service_refusal" jsonb;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "servicer_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "conversations_service_refusal" ON "conversations" USING btree ("robot_id") WHERE service_refusal is not null;