/** The most messages a minute that a robot can be held to. */
export const maxRatePerMinute = 6000
/** The most by which the distance of two messages may be longer or shorter. */
export const maxJitterPercent = 50
