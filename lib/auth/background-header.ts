/**
 * Marks a dashboard request that the page sent by itself, such as polling. It does not count as a use of the session, so an
 * unattended page is signed out.
 */
export const backgroundHeader = 'x-wxbot-background'
