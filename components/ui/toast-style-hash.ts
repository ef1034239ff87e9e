/** The one style that the library of toasts puts into a page by itself, without a nonce; its test says it when the library changes. */
export const toastStyleHash = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='
