/**
 * The style that the library of toasts puts into a page by itself, without a nonce: first nothing at all, then its text.
 * A test says it when the library changes.
 */
export const toastStyleHashes = [
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=',
]
