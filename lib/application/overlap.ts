/** How long an old token or secret works beside its successor: a day, for whoever has to put the new one in. */
export const defaultOverlapSeconds = 24 * 3600
export const maxOverlapSeconds = 30 * 24 * 3600
