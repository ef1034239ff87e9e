/** Signs this browser out and opens the sign-in page. */
export function signOut(): void {
  // Loaded on sign-out only, to keep pages small.
  void import('next-auth/react')
    .then((nextAuth) => nextAuth.signOut({ redirect: false }))
    .then(() => location.assign('/dashboard/sign-in'))
}
