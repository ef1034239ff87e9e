import { plainText } from '@/lib/plain-text'

/** 微信号: 1 to 64 characters, trimmed, no control characters. Spec: A6 (robot). */
export const robotUsername = plainText({ maxLength: 64, isTrimmed: true })

/** Maximum value of a robot's send rate, in messages per minute. */
export const maxRatePerMinute = 6000
/** Maximum deviation of the interval between two sends, in percent. */
export const maxJitterPercent = 50
