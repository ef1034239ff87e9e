import { expect, it } from 'vitest'
import { viewQr } from './qr'

const env = { PUBLIC_URL: 'https://bot.example', WECHAT: 'simulator', WECHAT_ORIGIN: 'http://127.0.0.1:3002' } as const
const attempt = {
  state: 'waiting_scan',
  qrKey: 'K3y',
  qrContent: 'https://login.weixin.qq.com/l/Qa9-x_Y==',
  avatar: null,
  attemptExpiresAt: new Date('2026-11-21T10:00:00Z'),
} as const

it('leads to the simulated phone with the code of now chosen', () => {
  expect(viewQr(env, attempt).phoneUrl).toBe('http://127.0.0.1:3002/?code=Qa9-x_Y==')
  expect(viewQr({ ...env, WECHAT: 'real' }, attempt).phoneUrl).toBeNull()
})

it('changes the address of the image when WeChat changes the code, and only then', () => {
  const again = viewQr(env, { ...attempt }).imageUrl
  expect(viewQr(env, attempt).imageUrl).toBe(again)
  expect(viewQr(env, { ...attempt, qrContent: 'https://login.weixin.qq.com/l/other' }).imageUrl).not.toBe(again)
  expect(viewQr(env, { ...attempt, qrContent: null }).imageUrl).toBeNull()
})

it('shows a face only if it is an image itself, never a link to somewhere', () => {
  expect(viewQr(env, { ...attempt, avatar: 'data:image/jpeg;base64,AA==' }).avatar).not.toBeNull()
  expect(viewQr(env, { ...attempt, avatar: 'https://tracker.example/a.png' }).avatar).toBeNull()
})
