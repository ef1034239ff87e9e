const links = () => [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
const isOfActiveRow = (link: Element) => link.closest('tr, li')?.contains(document.activeElement) ?? false

/** Puts the focus on the link of the next or previous row of the page's list; false where there is none. */
export function moveRow(step: 1 | -1): boolean {
  const all = links()
  const next = all[Math.min(all.length - 1, Math.max(0, all.findIndex(isOfActiveRow) + step))]
  next?.focus()
  return next !== undefined
}

/** Chooses the row that has the focus, or takes it back; false where rows cannot be chosen. */
export function toggleRow(): boolean {
  const box = links().find(isOfActiveRow)?.closest('tr')?.querySelector<HTMLElement>('input[type=checkbox]')
  box?.click()
  return Boolean(box)
}
