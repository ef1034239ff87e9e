/** Returns the path of a message's page. */
export const messagePath = ({ robotId, id }: { robotId: string; id: string }) =>
  `/dashboard/robots/${robotId}/messages/${id}`
