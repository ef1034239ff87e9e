ALTER TYPE "public"."identification" ADD VALUE 'operator';--> statement-breakpoint
ALTER TABLE "quns" ADD COLUMN "is_rename_due" boolean DEFAULT false NOT NULL;