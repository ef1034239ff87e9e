import { describe, expect, it } from 'vitest'
import { LoginNumber } from '@/worker/ilink/session/login-number'

describe('LoginNumber', () => {
  it('reports a sent number as wrong when the service needs one again', async () => {
    const number = new LoginNumber()
    number.need()
    const outcome = number.enter('41')
    expect(number.takeEntered()).toBe('41')
    number.need()
    expect(await outcome).toMatchObject({ outcome: 'failed', code: 'INVALID_PARAMETER' })
  })

  it('keeps a number that was entered while a request without it was under way', async () => {
    const number = new LoginNumber()
    number.need()
    expect(number.takeEntered()).toBeNull()
    const outcome = number.enter('42')
    number.need()
    expect(number.takeEntered()).toBe('42')
    number.end({ outcome: 'accepted' })
    expect(await outcome).toEqual({ outcome: 'accepted' })
  })
})
