import { readRemark } from './contact-tag'
import type { ListedContact } from './recognize-contacts'

export type NameMatch = { outcome: 'one'; contact: ListedContact } | { outcome: 'none' } | { outcome: 'several' }

/** Finds the one contact of this nickname or remark, a tag of ours not counted; a remark beats nicknames. Spec: B4, B6. */
export function findByName(listed: readonly ListedContact[], name: string): NameMatch {
  const wanted = name.trim().normalize('NFC')
  const isNamed = (text: string) => text.trim().normalize('NFC') === wanted
  const byRemark = listed.filter(({ remark, nickname }) => {
    const { name: own, tag } = readRemark(remark)
    // What the robot itself wrote before the tag is the nickname, which says no more than that.
    return isNamed(own) && !(tag && nickname.startsWith(own))
  })
  const matches = byRemark.length > 0 ? byRemark : listed.filter(({ nickname }) => isNamed(nickname))
  const [contact] = matches
  if (!contact) return { outcome: 'none' }
  return matches.length === 1 ? { outcome: 'one', contact } : { outcome: 'several' }
}
