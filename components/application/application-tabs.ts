/** An application's pages, each with its own address under the application's; "" is the first. */
export const applicationTabs = ['', 'tokens', 'robots', 'samples', 'settings'] as const
