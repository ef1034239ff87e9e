/** The pages of an application, with their path below the application; "" is the first. */
export const applicationTabs = ['', 'tokens', 'robots', 'replies', 'samples', 'settings'] as const
