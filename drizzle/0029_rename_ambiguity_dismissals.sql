UPDATE "dismissed_attention" SET "kind" = 'ambiguity' WHERE "kind" = 'doubt';
