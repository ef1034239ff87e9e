CREATE TABLE "rule_images" (
	"rule_id" text PRIMARY KEY NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reply_rules" ADD COLUMN "has_image" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_images" ADD CONSTRAINT "rule_images_rule_id_reply_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."reply_rules"("id") ON DELETE cascade ON UPDATE no action;