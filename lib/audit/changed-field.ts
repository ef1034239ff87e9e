/** A field of an audit entry's detail that changed. */
export type ChangedField = { from: unknown; to: unknown }

/** Returns whether a value of an audit entry's detail is a changed field. Opening hours have `from` and `to` among others. */
export function isChangedField(value: unknown): value is ChangedField {
  return (
    typeof value === 'object' && value !== null && 'from' in value && 'to' in value && Object.keys(value).length === 2
  )
}
