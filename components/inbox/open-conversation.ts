/** Returns the address of the inbox with a conversation open, in the current list; "": with none. */
export function inboxHref(search: string, conversationId: string): string {
  const params = new URLSearchParams(search)
  if (conversationId) params.set('c', conversationId)
  else params.delete('c')
  const query = params.toString()
  return query ? `/dashboard/inbox?${query}` : '/dashboard/inbox'
}

/** Opens a conversation without asking the server for the page again; Back returns to the list. */
export function openConversation(conversationId: string): void {
  window.history.pushState(null, '', inboxHref(location.search, conversationId))
}
