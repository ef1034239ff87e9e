import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningSimulator, startSimulator } from '@/simulator/start-simulator'
import { tinyPng } from '@/lib/testing/tiny-png'
import { callIlinkControl } from '@/simulator/ilink/testing/call-ilink-control'

const wxid = 'wxid_liwei0000102'
const script = fileURLToPath(new URL('testing/run-vendor-client.mjs', import.meta.url))
let simulator: RunningSimulator
let folder: string
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 1_000 })
  folder = mkdtempSync(path.join(tmpdir(), 'wxbot-ilink-'))
  writeFileSync(path.join(folder, 'picture.png'), tinyPng)
})
afterAll(async () => {
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('Tencent’s client logs in with a number, receives a text and a file, and sends a text and an image', async () => {
  const child = spawn(process.execPath, [script, simulator.origin, path.join(folder, 'picture.png')], {
    env: { ...process.env, OPENCLAW_STATE_DIR: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const control = callIlinkControl(simulator.origin)
  const steps: Record<string, Record<string, unknown>> = {}
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue
    const { step, ...detail } = JSON.parse(line) as { step: string } & Record<string, unknown>
    steps[step] = detail
    if (step === 'code') await scan(String(detail['qrcodeUrl']))
    if (step === 'login') {
      await control.post(`/people/${wxid}/messages`, { type: 'text', text: '几点开门？' })
      const bytesBase64 = Buffer.from('价目表').toString('base64')
      await control.post(`/people/${wxid}/messages`, { type: 'file', bytesBase64, fileName: '报价单.txt' })
    }
  }
  expect(await exited).toBe(0)

  async function scan(url: string) {
    const qrcode = new URL(url).searchParams.get('qrcode') ?? ''
    await control.post(`/codes/${qrcode}/scan`, { wxid, number: '42' })
    child.stdin.write('42\n')
    await expect.poll(async () => (await control.code(qrcode))?.state, { timeout: 15_000 }).toBe('scaned')
    await control.post(`/codes/${qrcode}/confirm`)
  }

  const { messages } = await control.get<{
    messages: { id: string; from: string; text: string; mediaUrl: string | null }[]
  }>(`/people/${wxid}/messages`)
  const ofBot = messages.filter(({ from }) => from === 'bot')
  expect(steps['login']).toMatchObject({ connected: true, userId: `${wxid}@im.wechat` })
  expect(steps['received']).toEqual({
    id: messages[0]?.id,
    text: '几点开门？',
    fileName: '报价单.txt',
    fileText: '价目表',
  })
  expect(steps['sent']).toEqual({ ids: ofBot.map(({ id }) => id) })
  expect(ofBot[0]).toMatchObject({ text: '收到了', mediaUrl: null })
  const picture = await fetch(simulator.origin + String(ofBot[1]?.mediaUrl))
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(tinyPng)
}, 60_000)
