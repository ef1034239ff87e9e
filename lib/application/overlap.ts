/** Seconds that a previous token or secret stays valid after its rotation. */
export const defaultOverlapSeconds = 24 * 3600
export const maxOverlapSeconds = 30 * 24 * 3600
