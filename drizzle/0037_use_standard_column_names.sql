ALTER TABLE "rooms" RENAME COLUMN "is_doubtful" TO "is_ambiguous";--> statement-breakpoint
ALTER TABLE "callback_attempts" RENAME COLUMN "answer_excerpt" TO "response_excerpt";--> statement-breakpoint
ALTER TABLE "quns" RENAME COLUMN "code" TO "group_code";--> statement-breakpoint
ALTER TABLE "quns" RENAME COLUMN "making_since" TO "room_requested_at";--> statement-breakpoint
ALTER TABLE "quns" RENAME CONSTRAINT "quns_code_unique" TO "quns_group_code_unique";--> statement-breakpoint
ALTER TYPE "membership_state" RENAME VALUE 'asked' TO 'requested';
