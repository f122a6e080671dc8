/** What every answer carries unless its route says otherwise: nothing of ours is framed, sniffed or sent elsewhere. */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  "x-frame-options": "DENY"
} as const

/** Answers of the API belong to whoever asked, now. */
export const apiHeaders = { ...securityHeaders, "cache-control": "no-store" } as const
