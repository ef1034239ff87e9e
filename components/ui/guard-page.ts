/**
 * Hides keys of an input method from the page: an Enter that ends a composition neither submits nor selects, an Escape
 * closes nothing. Returns a function that stops it.
 */
export function guardComposition(): () => void {
  const guard = (event: KeyboardEvent) => {
    // 229: Safari ends the composition before the key event.
    if (!event.isComposing && event.keyCode !== 229) return
    event.stopImmediatePropagation()
    if (!event.isComposing && event.key === 'Enter') event.preventDefault()
  }
  // In the capture phase of the window: before any other listener.
  window.addEventListener('keydown', guard, true)
  return () => window.removeEventListener('keydown', guard, true)
}

let isPatched = false

/**
 * Keeps a page alive after a translator wrapped its texts into elements: React would then throw when it removes nodes that
 * have moved. Pages opt out of translation, but some extensions ignore that.
 */
export function tolerateForeignNodes(): void {
  if (isPatched) return
  isPatched = true
  const { removeChild, insertBefore } = Node.prototype
  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode === this) return removeChild.call(this, child) as Child
    child.parentNode?.removeChild(child)
    return child
  }
  Node.prototype.insertBefore = function <Child extends Node>(this: Node, node: Child, before: Node | null): Child {
    // The wrapper replaced the text.
    let next = before
    while (next && next.parentNode !== this) next = next.parentNode
    return insertBefore.call(this, node, next) as Child
  }
}
