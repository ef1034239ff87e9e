ALTER TABLE "conversations" ADD COLUMN "service_state" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "service_state_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "service_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "creates_account" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "wecom_companies" ADD COLUMN "seen_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "conversations_service_end" ON "conversations" USING btree ("robot_id","service_end_at") WHERE service_end_at is not null;