/** A robot's pages, each with its own address under the robot's. */
export const robotTabs = ['session', 'rooms', 'messages', 'pacing', 'settings'] as const
