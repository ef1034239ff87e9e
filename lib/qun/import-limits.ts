/** Maximum groups and maximum length of an imported file; shared with the form, which must not load the parser. */
export const maxImportRows = 500
export const maxImportLength = 200_000
