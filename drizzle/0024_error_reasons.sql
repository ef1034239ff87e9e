ALTER TABLE "callback_attempts" ADD COLUMN "error_reason" text;--> statement-breakpoint
ALTER TABLE "callback_attempts" ADD COLUMN "error_params" jsonb;--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "error_reason" text;--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "error_params" jsonb;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "failure_reason" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "failure_params" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error_reason" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error_params" jsonb;--> statement-breakpoint
ALTER TABLE "quns" ADD COLUMN "failure_reason" text;--> statement-breakpoint
ALTER TABLE "quns" ADD COLUMN "failure_params" jsonb;