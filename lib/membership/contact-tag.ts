import { customAlphabet } from 'nanoid'

/** Without letters and digits that look alike. */
const draw = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 6)
const longestName = 16

/** Draws a contact's tag; six characters, unique among one robot's contacts by its index. */
export function newContactTag(): string {
  return draw()
}

/** The remark that a robot sets: who it is, for a person, and the tag by which it is found after the next login (B3). */
export function remarkOf({ name, tag }: { name: string; tag: string }): string {
  return `${[...name].slice(0, longestName).join('')} #${tag}`
}

/** The tag at the end of a remark, and what stands before it. A remark without a tag is all name. */
export function readRemark(remark: string): { name: string; tag: string | null } {
  const [, name = remark, tag = null] = /^(.*?) ?#([23456789abcdefghjkmnpqrstuvwxyz]{6})$/su.exec(remark) ?? []
  return { name, tag }
}
