CREATE TABLE "known_people" (
	"robot_id" text NOT NULL,
	"username" text NOT NULL,
	"identity" text,
	CONSTRAINT "known_people_robot_id_username_pk" PRIMARY KEY("robot_id","username")
);
--> statement-breakpoint
ALTER TABLE "known_people" ADD CONSTRAINT "known_people_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_people_identity" ON "known_people" USING btree ("robot_id","identity");