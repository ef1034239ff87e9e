/** Calls the control API; throws an Error with the response's message if the call fails. */
export async function api(path, body) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`/sim${path}`, init)
  const result = response.status === 204 ? {} : await response.json()
  if (!response.ok) throw new Error(result.error?.message ?? `HTTP ${response.status}`)
  return result
}

export const roomPath = (roomId) => `/rooms/${encodeURIComponent(roomId)}`

export function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(file)
  })
}
