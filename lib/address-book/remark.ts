import { plainText } from '@/lib/plain-text'

/** A remark that a person writes, "" for none; as long as the name in a remark with a tag. */
export const remarkText = plainText({ maxLength: 16, isTrimmed: true, mayBeEmpty: true })
