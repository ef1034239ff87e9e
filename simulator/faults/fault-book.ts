import { randomHex } from '../world/random'

export const faultKinds = [
  'status',
  'html',
  'cut',
  'no-base-response',
  'ret',
  'reset',
  'hang',
  'delay',
  'hold',
] as const

export type FaultKind = (typeof faultKinds)[number]

export type FaultOrder = {
  /** Calls whose path ends so. */
  path: string
  kind: FaultKind
  wxid?: string | undefined
  /** How many calls it hits; 0: all, until it is deleted. */
  times: number
  /** Whether the effect of the call takes place before the answer suffers. */
  when: 'before' | 'after'
  status?: number | undefined
  ret?: number | undefined
  delayMs?: number | undefined
}

export type Fault = FaultOrder & {
  id: string
  /** Calls still to be hit; `null`: no limit. */
  remaining: number | null
  /** Lets one held call go. */
  held: Set<(reason: 'released' | 'deleted') => void>
}

export type FaultBook = {
  add(order: FaultOrder): Fault
  /** The oldest fault that concerns this call, its count taken. */
  take(path: string, wxid: string | null): Fault | undefined
  list(): Fault[]
  release(id: string): boolean
  remove(id: string): boolean
  clear(): void
}

/** Keeps the faults that were ordered. A spent fault stays while it holds calls, so that they can be released. */
export function createFaultBook(): FaultBook {
  const faults = new Map<string, Fault>()
  const letGo = (fault: Fault, reason: 'released' | 'deleted') => {
    for (const go of fault.held) go(reason)
  }
  const remove = (id: string) => {
    const fault = faults.get(id)
    if (!fault) return false
    faults.delete(id)
    letGo(fault, 'deleted')
    return true
  }
  return {
    add(order) {
      const fault = {
        ...order,
        id: randomHex(6),
        remaining: order.times === 0 ? null : order.times,
        held: new Set<never>(),
      }
      faults.set(fault.id, fault)
      return fault
    },
    take(path, wxid) {
      for (const fault of faults.values()) {
        if (fault.remaining === 0 || !path.endsWith(fault.path) || (fault.wxid && fault.wxid !== wxid)) continue
        if (fault.remaining !== null) fault.remaining -= 1
        return fault
      }
      return undefined
    },
    list: () => [...faults.values()].filter((fault) => fault.remaining !== 0 || fault.held.size > 0),
    release(id) {
      const fault = faults.get(id)
      if (fault) letGo(fault, 'released')
      return Boolean(fault)
    },
    remove,
    clear() {
      for (const id of faults.keys()) remove(id)
    },
  }
}
