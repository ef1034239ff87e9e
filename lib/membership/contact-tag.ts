import { customAlphabet } from 'nanoid'

/** The alphabet excludes characters that look alike. */
const draw = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 6)
/** Characters of a name that a remark holds. */
const maxNameLength = 16

/** Returns a new tag of six characters; a database index keeps it unique per robot. */
export function newContactTag(): string {
  return draw()
}

/** Returns the remark that a robot sets: the name, for people, and the tag that reidentifies the contact after the next login (B3). */
export function formatRemark({ name, tag }: { name: string; tag: string }): string {
  return `${[...name].slice(0, maxNameLength).join('')} #${tag}`
}

/** Splits a remark into name and trailing tag; tag null: the remark has none and is all name. */
export function parseRemark(remark: string): { name: string; tag: string | null } {
  const [, name = remark, tag = null] = /^(.*?) ?#([23456789abcdefghjkmnpqrstuvwxyz]{6})$/su.exec(remark) ?? []
  return { name, tag }
}
