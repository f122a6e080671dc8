/** When an order was placed, in epoch milliseconds: the first ten digits of its id, in Crockford's base 32. */

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

export const of = (orderId: string): number => {
  const digits = orderId.slice(orderId.indexOf("_") + 1).slice(0, 10)
  return [...digits].reduce((time, digit) => time * 32 + alphabet.indexOf(digit), 0)
}
