import { randomHex } from '@/simulator/world/random'

export const faultKinds = [
  'status',
  'html',
  'cut',
  'no-base-response',
  'no-members',
  'ret',
  'reset',
  'hang',
  'delay',
  'hold',
] as const

export type FaultKind = (typeof faultKinds)[number]

export type FaultOrder = {
  /** Suffix of the paths that the fault affects. */
  path: string
  kind: FaultKind
  wxid?: string | undefined
  /** Number of calls to affect; 0: every call until the fault is deleted. */
  times: number
  /** 'before': the fault applies before the call takes effect; 'after': it applies to the response. */
  when: 'before' | 'after'
  status?: number | undefined
  ret?: number | undefined
  delayMs?: number | undefined
}

export type Fault = FaultOrder & {
  id: string
  /** Number of calls still to affect; null: unlimited. */
  remaining: number | null
  /** Callbacks, one per held call, that end the hold. */
  held: Set<(reason: 'released' | 'deleted') => void>
}

export type FaultRegistry = {
  add(order: FaultOrder): Fault
  /** Returns the oldest fault that matches this call and counts the call against it. */
  take(path: string, wxid: string | null): Fault | undefined
  list(): Fault[]
  release(id: string): boolean
  remove(id: string): boolean
  clear(): void
}

/** Keeps the requested faults. A fault without remaining calls stays while it holds calls, so that they can be released. */
export function createFaultRegistry(): FaultRegistry {
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
