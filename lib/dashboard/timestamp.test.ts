import { expect, it } from 'vitest'
import { rotateForm, tokenChange, tokenForm } from '@/lib/dashboard/application/form'
import { joinTokenForm } from '@/lib/dashboard/qun/form'

const past = '2020-12-31T00:00:00Z'
const future = new Date(Date.now() + 60_000).toISOString()

it.each([
  ['a token', (expiresAt: string | null) => tokenForm.safeParse({ name: 'till', expiresAt })],
  ['a replacement', (expiresAt: string | null) => rotateForm.safeParse({ overlapSeconds: 0, expiresAt })],
  ['a join token', (expiresAt: string | null) => joinTokenForm.safeParse({ expiresAt, maxUses: null })],
])('%s is not issued with an expiry in the past', (_, parse) => {
  expect(JSON.stringify(parse(past).error?.issues)).toContain('expiryPast')
  expect([future, null].map((expiresAt) => parse(expiresAt).success)).toEqual([true, true])
})

it('an existing token can be given an expiry in the past, which ends it', () => {
  expect(tokenChange.safeParse({ expiresAt: past }).success).toBe(true)
})
