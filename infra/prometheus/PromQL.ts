/** What a query asks for, by Prometheus' own grammar. */
import type { SyntaxNode } from "@lezer/common"
import { parser } from "@prometheus-io/lezer-promql"

export interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

export interface Selector {
  readonly metric: string
  readonly matchers: ReadonlyArray<Matcher>
}

export interface Query {
  readonly selectors: ReadonlyArray<Selector>
  /** Labels by which it groups or joins. */
  readonly grouping: ReadonlyArray<string>
}

const variables: Readonly<Record<string, string>> = { $__rate_interval: "1m", $instance: ".*" }

/** As it is after Grafana has put in what was chosen. */
export const filled = (text: string): string => text.replaceAll(/\$\w+/g, (name) => variables[name] ?? name)

/** Throws when it is none. */
export const parse = (text: string): Query => {
  const query = filled(text)
  const tree = parser.parse(query)
  const of = (node: SyntaxNode | null | undefined) =>
    node === null || node === undefined ? "" : query.slice(node.from, node.to)
  const selectors: Array<Selector> = []
  const grouping: Array<string> = []
  tree.iterate({
    enter: ({ from, name, node, type }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${query}`)
      if (name === "GroupingLabels") grouping.push(...node.getChildren("LabelName").map(of))
      if (name !== "VectorSelector") return
      const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []
      selectors.push({
        metric: of(node.getChild("Identifier")),
        matchers: matchers.map((matcher) => ({
          label: of(matcher.getChild("LabelName")),
          operator: of(matcher.getChild("MatchOp")),
          value: of(matcher.getChild("StringLiteral")).slice(1, -1)
        }))
      })
    }
  })
  return { selectors, grouping }
}
