const links = () => [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
const isOfActiveRow = (link: Element) => link.closest('tr, li')?.contains(document.activeElement) ?? false

/** Moves the focus to the link of the next or previous row; returns false if there is none. */
export function moveRow(step: 1 | -1): boolean {
  const all = links()
  const next = all[Math.min(all.length - 1, Math.max(0, all.findIndex(isOfActiveRow) + step))]
  next?.focus()
  return next !== undefined
}

/** Toggles the selection of the focused row; returns false if rows cannot be selected. */
export function toggleRow(): boolean {
  const box = links().find(isOfActiveRow)?.closest('tr')?.querySelector<HTMLElement>('input[type=checkbox]')
  box?.click()
  return Boolean(box)
}
