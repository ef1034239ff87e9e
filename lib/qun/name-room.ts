const longestOwner = 12

/** Fills in a room's name: `{owner}`, cut to 12 characters, and `{number}`. */
export function nameRoom(template: string, { owner, number }: { owner: string; number: string }): string {
  const shown = [...owner].slice(0, longestOwner).join('')
  return template.replaceAll('{owner}', () => shown).replaceAll('{number}', number)
}
