ALTER TABLE "operators" ADD COLUMN "sign_ins_from" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "callback_attempts_age" ON "callback_attempts" USING brin ("started_at");--> statement-breakpoint
CREATE INDEX "messages_age" ON "messages" USING brin ("created_at");