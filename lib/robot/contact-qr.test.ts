import { afterAll, beforeAll, expect, it } from 'vitest'
import QRCode from 'qrcode'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { getContactQr, setContactQr } from '@/lib/robot/contact-qr'

let database: TestDatabase
let robotId: string
beforeAll(async () => {
  database = await createTestDatabase()
  robotId = await givenRobot(database.db)
})
afterAll(() => database?.drop())

/** A picture whose header states these dimensions. */
async function pngOf(width: number, height: number): Promise<Buffer> {
  const bytes = await QRCode.toBuffer('weixin://')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

it.each([
  [2000, 2000],
  [4_000_000, 1],
])('a contact QR of %i × %i pixels is stored', async (width, height) => {
  const bytes = await pngOf(width, height)
  await setContactQr(database.db, { robotId, bytes })
  expect((await getContactQr(database.db, { robotId }))?.bytes.equals(bytes)).toBe(true)
})

it.each([
  [2001, 2000],
  [4_000_001, 1],
  [65_535, 65_535],
  [0xffff_ffff, 0xffff_ffff],
])('a contact QR of %i × %i pixels is refused, and the previous one stays', async (width, height) => {
  const before = await QRCode.toBuffer('weixin://before')
  await setContactQr(database.db, { robotId, bytes: before })
  const stored = setContactQr(database.db, { robotId, bytes: await pngOf(width, height) })
  await expect(stored).rejects.toMatchObject({ code: 'INVALID_PARAMETER', options: { parameter: 'qr' } })
  await expect(stored).rejects.toThrow(`超过 400 万像素（${width}×${height}）`)
  expect((await getContactQr(database.db, { robotId }))?.bytes.equals(before)).toBe(true)
})

it('a contact QR that is cut off before its dimensions is refused', async () => {
  const bytes = (await QRCode.toBuffer('weixin://')).subarray(0, 18)
  await expect(setContactQr(database.db, { robotId, bytes })).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
})
