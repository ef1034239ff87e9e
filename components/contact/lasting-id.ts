/** Returns the id of a person if it is worth reading; null: a `@…` name, which the web protocol changes at every login. */
export function lastingId(username: string): string | null {
  return username.startsWith('@') ? null : username
}
