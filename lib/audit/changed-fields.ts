/** A field of an audit entry's detail that changed. */
export type ChangedField = { from: unknown; to: unknown }

/** Says for an audit's detail which fields changed, each from what to what. */
export function changedFields<Row extends object>(
  before: Row,
  after: Row,
  names: readonly (keyof Row & string)[],
): Record<string, ChangedField> {
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]))
}
