import { plainText } from '@/lib/plain-text'

/** 微信号: 1 to 64 characters, trimmed, no control characters. Spec: A6. */
export const robotUsername = plainText({ maxLength: 64, isTrimmed: true })
