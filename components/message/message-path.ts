/** The address of a message's own page. */
export const messagePath = ({ robotId, id }: { robotId: string; id: string }) =>
  `/dashboard/robots/${robotId}/messages/${id}`
