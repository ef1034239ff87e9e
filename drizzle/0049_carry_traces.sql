ALTER TABLE "callback_events" ADD COLUMN "trace_parent" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "trace_parent" text;