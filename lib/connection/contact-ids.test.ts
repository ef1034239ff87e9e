import { expect, it } from 'vitest'
import { isContactId } from '@/lib/connection/contact-ids'

it.each([
  ['web', '@7d1f0c2a94be', true],
  ['web', '@@7d1f0c2a94be', false],
  ['web', 'filehelper', true],
  ['web', 'wxid_wangfang0101', false],
  ['gateway', 'wxid_wangfang0101', true],
  ['gateway', 'filehelper', true],
  ['gateway', '12345@chatroom', false],
  ['gateway', 'room_9sLw4HcE0aVtYq6UoXzKd2', false],
  ['gateway', '@7d1f0c2a94be', false],
  ['ilink', 'filehelper', false],
  ['wecom_kf', '@7d1f0c2a94be', false],
] as const)('%s: %s is the id of a person: %s', (connection, id, isPerson) => {
  expect(isContactId(connection, id)).toBe(isPerson)
})
