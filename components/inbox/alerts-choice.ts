/** Whether this browser notifies of conversations that begin to wait. */
export const alertsChoice = 'inbox-alerts'
export const alertChoices = ['off', 'on'] as const
