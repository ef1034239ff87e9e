import { useEffect, useState } from './preact.js'

import { api } from './api.js'

/** The world, read again whenever the simulator says that it changed; `isLive` is false while it cannot be reached. */
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

/** What a path of the control API answers, read again at every revision; `null` until the first answer. */
export function useAnswer(path, revision) {
  const [known, setKnown] = useState({ path: '', answer: null })
  useEffect(() => {
    let isWanted = true
    api(path).then(
      (answer) => isWanted && setKnown({ path, answer }),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [path, revision])
  return known.path === path ? known.answer : null
}

/** The time, told once a second. */
export function useNow() {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
