/** The seed's first order, as anyone can paste it into a shell. */
export const firstOrder = (url: string, wantsKey: boolean) =>
  `curl -i ${url}/orders -H 'content-type: application/json' ` +
  (wantsKey ? "-H 'authorization: Bearer sk_…' " : "") +
  `-d '{"branchId":"1","sauceId":"1","qty":10,"price":10000}'`
