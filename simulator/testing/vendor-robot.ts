const before = process.listeners('uncaughtException')
const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u')
// The library catches every uncaught error of the process from here on; a test must fail instead.
for (const listener of process.listeners('uncaughtException')) {
  if (!before.includes(listener)) process.off('uncaughtException', listener)
}

/** Members that the library's type declares private and a subclass needs. */
type Internals = {
  wechat4u: {
    request: (options: { url: string }) => Promise<unknown>
    removeAllListeners(name: string): void
    retryPollingId: NodeJS.Timeout
  }
  getContactInterval: NodeJS.Timeout
  monkeyPatch(wechat4u: Internals['wechat4u']): void
}

export type Robot = InstanceType<typeof PuppetWechat4u>

/** Creates the vendor puppet with its requests redirected to `origin` and an empty memory that is never written to disk. */
export function createVendorRobot(origin: string): { robot: Robot; errors: string[] } {
  const robot = new PuppetWechat4u()
  const internals = robot as unknown as Internals
  const patch = internals.monkeyPatch.bind(robot)
  internals.monkeyPatch = (wechat4u) => {
    const send = wechat4u.request
    wechat4u.request = (options) => {
      const { pathname, search } = new URL(options.url)
      return send({ ...options, url: origin + pathname + search })
    }
    patch(wechat4u)
  }
  Object.assign(robot.memory, { payload: {}, save: () => Promise.resolve() })
  const errors: string[] = []
  robot.on('error', (error) => {
    errors.push(JSON.stringify(error).slice(0, 300))
  })
  return { robot, errors }
}

/** Stops a robot and the timers that its library leaves running. */
export async function stopVendorRobot(robot: Robot): Promise<void> {
  const { wechat4u, getContactInterval } = robot as unknown as Internals
  clearInterval(getContactInterval)
  clearTimeout(wechat4u.retryPollingId)
  // Otherwise the library requests a new code after its own logout.
  wechat4u.removeAllListeners('logout')
  await robot.stop()
}

/** Resolves with the next event of this name. */
export function nextEvent<T>(robot: Robot, name: string): Promise<T> {
  return new Promise((resolve) => {
    ;(robot as unknown as NodeJS.EventEmitter).once(name, resolve)
  })
}
