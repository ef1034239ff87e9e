/** A robot's states to filter by, what works first. */
export const robotStates = ['online', 'waiting_scan', 'waiting_confirm', 'reconnecting', 'offline'] as const
