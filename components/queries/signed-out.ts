/** Offers a sign-in without leaving the page; returns whether it did. null: the page cannot. */
let offerSignIn: (() => boolean) | null = null

/** Handles the end of the operator's session until the returned function is called. */
export function onSignedOut(offer: () => boolean): () => void {
  offerSignIn = offer
  return () => {
    if (offerSignIn === offer) offerSignIn = null
  }
}

/** Offers a sign-in over a page with unsaved input; otherwise redirects to the sign-in page and back. */
export function reportSignedOut(): void {
  if (offerSignIn?.()) return
  const returnTo = new URLSearchParams({ to: location.pathname + location.search })
  location.assign(`/dashboard/sign-in?${returnTo}`)
}
