import { z } from 'zod'
import { plainText, visibleName } from '@/lib/plain-text'

/** 微信号: 1 to 64 characters, trimmed, no control characters. Spec: A6 (robot). */
export const robotUsername = visibleName(64)

/** Maximum value of a robot's send rate, in messages per minute. */
export const maxRatePerMinute = 6000
/** Maximum deviation of the interval between two sends, in percent. */
export const maxJitterPercent = 50

/** Sent to a person who opens the chat for the first time; "": none. One message of WeCom has a maximum of 2,048 bytes. */
export const welcomeText = plainText({ maxLength: 500, isTrimmed: true, isMultiline: true, mayBeEmpty: true })

/** An employee's id in WeCom (userid); "": none. */
export const servicerId = z
  .string()
  .trim()
  .regex(/^[\w.@-]{0,64}$/, 'servicerId')
