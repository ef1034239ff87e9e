/** Time after the last input until a page counts as idle. */
const activeMs = 60_000

let lastTouchMs = Date.now()

if (typeof window !== 'undefined')
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(kind, () => void (lastTouchMs = Date.now()), { passive: true, capture: true })

/** Returns whether a person used this page within the last minute; otherwise its requests are automatic. */
export function isPersonActive(): boolean {
  return Date.now() - lastTouchMs < activeMs
}
