import { useEffect, useState } from './preact.js'

import { api } from './api.js'

/** Returns the world, fetched again after each change event; `isLive` is false while the simulator is unreachable. */
export function useWorld() {
  const [world, setWorld] = useState(null)
  const [isLive, setIsLive] = useState(true)
  useEffect(() => {
    const events = new EventSource('/sim/events')
    const read = async () => {
      setWorld(await api('/state'))
      setIsLive(true)
    }
    events.addEventListener('change', () => void read().catch(() => setIsLive(false)))
    events.addEventListener('error', () => setIsLive(false))
    return () => events.close()
  }, [])
  return { world, isLive }
}

/** Returns the response of a control API path, fetched again at every revision; `null` before the first response. */
export function useResponse(path, revision) {
  const [known, setKnown] = useState({ path: '', response: null })
  useEffect(() => {
    let isCurrent = true
    api(path).then(
      (response) => isCurrent && setKnown({ path, response }),
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [path, revision])
  return known.path === path ? known.response : null
}

/** Returns the current time, updated once a second. */
export function useNow() {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
