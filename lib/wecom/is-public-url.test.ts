import { expect, it } from 'vitest'
import { isPublicUrl } from '@/lib/wecom/is-public-url'

it.each([
  ['https://wxbot.example.com', true],
  ['https://wxbot.example.com:8443', true],
  ['https://8.8.8.8', true],
  ['http://wxbot.example.com', false],
  ['https://localhost', false],
  ['https://wxbot.localhost', false],
  ['https://wxbot', false],
  ['https://wxbot.internal', false],
  ['https://wxbot.lan.', false],
  ['https://127.0.0.1', false],
  ['https://10.0.0.5', false],
  ['https://192.168.1.4:3000', false],
  ['https://100.64.3.1', false],
  ['https://[::1]', false],
  ['https://[fd00::7]', false],
  ['https://[2606:4700::1111]', true],
])('WeCom can call %s: %s', (url, isPublic) => {
  expect(isPublicUrl(url)).toBe(isPublic)
})
