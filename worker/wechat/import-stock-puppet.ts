/**
 * Imports the stock puppet (3 s the first time) without its side effects: wechat4u listens to `uncaughtException`, which hides every
 * crash of the process, and both log what they do, sessions included, when told to by the environment.
 */
export async function importStockPuppet() {
  const before = process.listeners('uncaughtException')
  const [{ PuppetWechat4u }, { log }] = await Promise.all([import('wechaty-puppet-wechat4u'), import('wechaty-puppet')])
  for (const listener of process.listeners('uncaughtException'))
    if (!before.includes(listener)) process.off('uncaughtException', listener)
  log.level('silent')
  return PuppetWechat4u
}
