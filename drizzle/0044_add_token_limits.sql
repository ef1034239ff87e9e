ALTER TABLE "tokens" ADD COLUMN "scopes" text[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "robot_ids" text[];--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "networks" text[];