/** Maximum groups of an imported file, and its maximum length; shared with the form, which must not load the parser. */
export const maxImportRows = 500
export const maxImportLength = 200_000
