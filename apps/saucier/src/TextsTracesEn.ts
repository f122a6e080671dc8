/** What `traces` says in English; `TextsTracesKo.ts` says the same in Korean. */
export const tracesEn = {
  traces: {
    about: "Show the newest traces, or one of them span by span",
    trace: "The id of one trace, to see what each part of it did and when",
    order: "Only those of this order, ord_…",
    limit: "How many, up to 200",
    orderInvalid: "--order takes the id of an order, ord_…",
    limitInvalid: "--limit takes 1 to 200",
    headers: ["began", "what", "ms", "spans", "services", "order", "trace"],
    none: "There are no traces: none was sampled yet.",
    unknown: (trace: string) =>
      `There is no trace ${trace}: it was not sampled, or newer ones have taken its place`
  }
}
