/** The seed's first order, as anyone can paste it into a shell. */
export const firstOrder = (url: string) =>
  `curl -i ${url}/orders -H 'content-type: application/json' ` +
  `-d '{"branchId":"1","sauceId":"1","qty":10,"price":10000}'`
