CREATE UNLOGGED TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
) WITH (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "callback_token_id" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "next_callback_token_sealed" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "next_callback_token_id" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "callback_token_switches_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "replaced_by_id" text;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "is_callback_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_callback_token_id_tokens_id_fk" FOREIGN KEY ("callback_token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_next_callback_token_id_tokens_id_fk" FOREIGN KEY ("next_callback_token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_replaced_by_id_tokens_id_fk" FOREIGN KEY ("replaced_by_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Until now callbacks repeated the token that came with the application: its oldest.
UPDATE "applications" SET "callback_token_id" = (
	SELECT "id" FROM "tokens" WHERE "application_id" = "applications"."id" ORDER BY "created_at" LIMIT 1
);
