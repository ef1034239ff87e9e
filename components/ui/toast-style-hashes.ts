/**
 * Hashes of the style that the toast library injects without a nonce: first empty, then its text. A test fails when the
 * library changes it.
 */
export const toastStyleHashes = [
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=',
]
