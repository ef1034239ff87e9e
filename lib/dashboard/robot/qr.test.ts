import { expect, it } from 'vitest'
import { viewQr } from '@/lib/dashboard/robot/qr'

const env = { PUBLIC_URL: 'https://bot.example', WECHAT: 'simulator', WECHAT_ORIGIN: 'http://127.0.0.1:3002' } as const
const attempt = {
  state: 'waiting_scan',
  qrKey: 'K3y',
  qrContent: 'https://login.weixin.qq.com/l/Qa9-x_Y==',
  avatar: null,
  isCheck: false,
  attemptExpiresAt: new Date('2026-11-21T10:00:00Z'),
} as const

it('the link to the simulated phone selects the current QR code', () => {
  expect(viewQr(env, attempt).phoneUrl).toBe('http://127.0.0.1:3002/?code=Qa9-x_Y==')
  const ilink = { ...attempt, qrContent: 'https://liteapp.weixin.qq.com/q/ilink?qrcode=4f2a' }
  expect(viewQr(env, ilink).phoneUrl).toBe('http://127.0.0.1:3002/?code=4f2a')
  const gateway = { ...attempt, qrContent: 'http://weixin.qq.com/x/9ab0' }
  expect(viewQr(env, gateway).phoneUrl).toBe('http://127.0.0.1:3002/?code=9ab0')
  const check = { ...attempt, qrContent: 'http://127.0.0.1:3002/gateway-check/9ab0', isCheck: true }
  expect(viewQr(env, check).phoneUrl).toBe('http://127.0.0.1:3002/?code=9ab0')
  expect(viewQr({ ...env, WECHAT: 'real' }, attempt).phoneUrl).toBeNull()
})

it('the image URL changes with the content of the QR code, and only then', () => {
  const again = viewQr(env, { ...attempt }).imageUrl
  expect(viewQr(env, attempt).imageUrl).toBe(again)
  expect(viewQr(env, { ...attempt, qrContent: 'https://login.weixin.qq.com/l/other' }).imageUrl).not.toBe(again)
  expect(viewQr(env, { ...attempt, qrContent: null }).imageUrl).toBeNull()
})

it('an avatar is shown only as an embedded image, never as an external link', () => {
  expect(viewQr(env, { ...attempt, avatar: 'data:image/jpeg;base64,AA==' }).avatar).not.toBeNull()
  expect(viewQr(env, { ...attempt, avatar: 'https://tracker.example/a.png' }).avatar).toBeNull()
})

it('a check is presented as one only while its code has to be scanned', () => {
  expect(viewQr(env, { ...attempt, isCheck: true }).isCheck).toBe(true)
  expect(viewQr(env, { ...attempt, isCheck: true, state: 'waiting_confirm' }).isCheck).toBe(false)
})
