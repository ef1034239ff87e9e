ALTER TABLE "reply_settings" ADD COLUMN "model_input_price" numeric(11, 6);--> statement-breakpoint
ALTER TABLE "reply_settings" ADD COLUMN "model_output_price" numeric(11, 6);--> statement-breakpoint
ALTER TABLE "reply_settings" ADD COLUMN "model_currency" text DEFAULT 'CNY' NOT NULL;