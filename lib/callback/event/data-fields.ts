import { sentEventTypes, type CallbackEventType } from '@/lib/db/types'
import { eventCatalog } from '@/lib/callback/event/catalog'

/** The fields of each event's `data` in the documented order, which `jsonb` does not keep. */
export const dataFields = Object.fromEntries(
  sentEventTypes.map((type) => [type, Object.keys(eventCatalog[type].data.shape)]),
) as Record<string, readonly string[]>

type Data = Record<string, unknown>

/** Returns an event's data in the documented order; fields that the catalog does not name follow by name. */
export function orderData(type: CallbackEventType, data: Data): Data {
  const fields = dataFields[type] ?? []
  const others = Object.keys(data).filter((name) => !fields.includes(name))
  const names = [...fields.filter((name) => Object.hasOwn(data, name)), ...others.toSorted()]
  return Object.fromEntries(names.map((name) => [name, data[name]]))
}
