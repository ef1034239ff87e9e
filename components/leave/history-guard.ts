type Layer = { close: () => void }

/** Open sheets and dialogs, topmost last. */
const layers: Layer[] = []
/** Asks before the page itself is left; null: nothing would be lost. */
let leaveQuestion: ((leave: () => void) => void) | null = null
/** The history entry that Back pops instead of the page's own; null: none. */
let guard: { pathname: string; length: number } | null = null
/** Set while the guard is removed: the page keeps the URL and state that it had on the guard. */
let carried: { state: unknown; url: string } | null = null
let isSettling = false
/** Set while the browser loads another document: a history step would cancel that. */
let isUnloading = false

/** Registers a layer that Back closes instead of leaving the page. Returns a function that removes it. */
export function addLayer(layer: Layer): () => void {
  layers.push(layer)
  scheduleUpdate()
  return () => {
    layers.splice(layers.indexOf(layer), 1)
    scheduleUpdate()
  }
}

/** Returns whether a sheet or dialog is open. */
export function hasLayer(): boolean {
  return layers.length > 0
}

/** Sets the question that Back asks before it leaves the page; null: none. */
export function setLeaveQuestion(ask: typeof leaveQuestion): void {
  leaveQuestion = ask
  scheduleUpdate()
}

/** Replaces the guard's history entry with the next page; returns false if there is no guard. */
export function releaseGuard(): boolean {
  const wasGuarded = isGuarded()
  guard = null
  return wasGuarded
}

/** Keeps the guard while the browser loads another document; the next input shows that the page stays. */
export function holdGuard(): void {
  if (isUnloading) return
  isUnloading = true
  const stayed = new AbortController()
  const resume = () => {
    stayed.abort()
    isUnloading = false
    scheduleUpdate()
  }
  for (const input of ['pointerdown', 'keydown'])
    window.addEventListener(input, resume, { capture: true, signal: stayed.signal })
}

/** Listens for Back. Returns a function that stops listening. */
export function listenForBack(): () => void {
  // In the capture phase: the router would handle it first.
  window.addEventListener('popstate', onBack, true)
  return () => window.removeEventListener('popstate', onBack, true)
}

function isGuarded(): boolean {
  // A navigation has left the guard behind.
  return guard !== null && guard.pathname === location.pathname && guard.length === history.length
}

// After rendering: if one sheet replaces another, the guard stays.
function scheduleUpdate(): void {
  if (isSettling) return
  isSettling = true
  setTimeout(() => {
    isSettling = false
    updateGuard()
  })
}

function updateGuard(): void {
  const isNeeded = layers.length > 0 || leaveQuestion !== null
  const isThere = isGuarded()
  if (!isThere) guard = null
  if (isNeeded && !isThere && !carried) {
    history.pushState(history.state, '', location.href)
    guard = { pathname: location.pathname, length: history.length }
  }
  if (!isNeeded && isThere && !isUnloading) {
    guard = null
    carried = { state: history.state, url: location.href }
    history.back()
  }
}

function onBack(event: PopStateEvent): void {
  if (carried) {
    event.stopImmediatePropagation()
    history.replaceState(carried.state, '', carried.url)
    carried = null
    return scheduleUpdate()
  }
  if (!guard) return
  guard = null
  const top = layers.at(-1)
  if (!top && !leaveQuestion) return
  event.stopImmediatePropagation()
  if (top) top.close()
  else
    leaveQuestion?.(() => {
      leaveQuestion = null
      const steps = releaseGuard() ? -2 : -1
      history.go(steps)
    })
  scheduleUpdate()
}
