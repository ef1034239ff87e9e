import { encrypt, getSignature } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptCallback, isSignatureValid } from '@/lib/wecom/callback-crypto'

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

describe('decryptCallback', () => {
  it('opens what the vendor’s package encrypts, whatever the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.stringMatching(/^[a-z0-9]{0,40}$/),
        (text, id) => {
          expect(decryptCallback(aesKey, encrypt(aesKey, text, id))).toEqual({ text, receiveId: id })
        },
      ),
    )
  })

  it('returns null for another key, damaged text, and anything else', () => {
    const encrypted = encrypt(aesKey, '<xml></xml>', 'ww1')
    const otherKey = `X${aesKey.slice(1)}`
    const opened = decryptCallback(otherKey, encrypted)
    expect(opened?.receiveId ?? null).not.toBe('ww1')
    for (const damaged of ['', 'AAAA', encrypted.slice(4), `${encrypted.slice(0, -8)}AAAAAAA=`])
      expect(decryptCallback(aesKey, damaged)?.receiveId ?? null).not.toBe('ww1')
    expect(decryptCallback('short', encrypted)).toBeNull()
    fc.assert(fc.property(fc.base64String(), (text) => void decryptCallback(aesKey, text)))
  })
})

describe('isSignatureValid', () => {
  const signed = { timestamp: '1700000000', nonce: '12', encrypted: 'abc' }
  const signature = getSignature('token', '1700000000', '12', 'abc')

  it('accepts the vendor’s signature only', () => {
    expect(isSignatureValid('token', { ...signed, signature })).toBe(true)
    expect(isSignatureValid('token', { ...signed, signature: signature.toUpperCase() })).toBe(true)
    for (const wrong of [
      '',
      'zz',
      signature.slice(2),
      `${signature}00`,
      getSignature('other', '1700000000', '12', 'abc'),
    ])
      expect(isSignatureValid('token', { ...signed, signature: wrong })).toBe(false)
    expect(isSignatureValid('token', { ...signed, nonce: '13', signature })).toBe(false)
  })
})
