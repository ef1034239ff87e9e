CREATE TYPE "public"."identification" AS ENUM('remark', 'nickname', 'code', 'join_token');--> statement-breakpoint
ALTER TABLE "companions" ADD COLUMN "identified_by" "identification";--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "copied_name" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "identified_by" "identification";--> statement-breakpoint
ALTER TABLE "quns" ADD COLUMN "nonce_name" text;--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "accepts_nicknames" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "bindings" ADD COLUMN "is_unreviewed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "is_own" boolean;--> statement-breakpoint
UPDATE "contacts" SET "copied_name" = left("nickname", 16) WHERE "remarked_at" IS NOT NULL;
