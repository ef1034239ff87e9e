ALTER TYPE "public"."command_type" ADD VALUE 'login_code';--> statement-breakpoint
ALTER TYPE "public"."session_state" ADD VALUE 'waiting_code' BEFORE 'waiting_confirm';--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "default_connection" text;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "connection" text DEFAULT 'web' NOT NULL;