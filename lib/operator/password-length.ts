/** Minimum length of a password that a person chose. */
export const minPasswordLength = 10
