/** How long one try of a callback may take, from connecting to the end of the answer. */
export const tryTimeoutMs = 10_000
/** How many callbacks of one endpoint are tried at the same time, by each worker. */
export const triesPerLane = 4
