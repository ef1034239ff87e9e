/**
 * What is decided about a person identified by a nickname only: the same person, another one, or to be deleted from the list. Apart from
 * the verb, because forms must not load it. Spec: B4 (POST /wxbot/qun).
 */
export const memberDecisions = ['yes', 'no', 'remove'] as const
export type MemberDecision = (typeof memberDecisions)[number]
