/** Maximum lengths of an article in code points, and of an imported file; shared with forms, which must not load the parser. */
export const maxTitleLength = 200
export const maxContentLength = 8000
export const maxFileBytes = 900_000
