/** The fewest characters of a password that somebody chose. */
export const minPasswordLength = 10
