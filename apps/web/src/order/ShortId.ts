/** The end of an id is what differs. */
export const shortId = (id: string): string => `…${id.slice(-8)}`
