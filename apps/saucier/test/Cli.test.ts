import { assert, describe, it, layer } from "@effect/vitest"
import { BranchId } from "@saucier/kernel/Goods"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as CliProcess from "./CliProcess.ts"
import * as CliStub from "./CliStub.ts"
import * as CliSystem from "./CliSystem.ts"

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "")

layer(CliSystem.layer, { excludeTestServices: true, timeout: "60 seconds" })(
  "saucier, with a system",
  (it) => {
    const at = (...parameters: ReadonlyArray<string>) =>
      Effect.flatMap(
        CliSystem.CliSystem,
        ({ folder, url }) => CliProcess.run([...parameters, "--url", url], { SAUCIER_DATA_DIR: folder })
      )

    it.effect("load places its orders and finds that all holds", () =>
      Effect.gen(function*() {
        const { code, text } = yield* at("load", "--rate", "10", "--seconds", "1", "--json")
        const result = JSON.parse(text)
        assert.deepStrictEqual(result.violations, [])
        assert.deepStrictEqual(result.answers, { "201": 10 })
        assert.strictEqual(result.acknowledged, 10)
        assert.isAtLeast(result.latencyMillis.max, result.latencyMillis.p50)
        assert.strictEqual(code, 0)
      }))

    it.effect("load tells people in a table", () =>
      Effect.gen(function*() {
        const { code, text } = yield* at("load", "--rate", "5", "--seconds", "0.4")
        assert.match(text, /p50.*p90.*p99.*max/)
        assert.match(text, /All holds: 2 acknowledged orders/)
        assert.strictEqual(code, 0)
      }))

    it.effect("events tail shows the newest, and follows what happens until Ctrl-C", () =>
      Effect.gen(function*() {
        const { curl, url } = yield* CliSystem.CliSystem
        const placed = Effect.map(
          CliProcess.shell(curl),
          ({ text }) => /"id":"(ord_\w+)"/.exec(text)?.[1] ?? ""
        )
        const before = yield* placed
        const tail = yield* CliProcess.saucier([
          "events",
          "tail",
          "--follow",
          "--context",
          "order",
          "--url",
          url
        ])
        yield* tail.printed(`order-${before}`)
        const after = yield* placed
        yield* tail.printed(`order-${after}`)
        yield* tail.tell("SIGINT")
        const { code } = yield* tail.ended
        assert.strictEqual(code, 0)
      }).pipe(Effect.scoped))

    it.effect("events export writes every event of every context as a line of JSON", () =>
      Effect.gen(function*() {
        const { folder } = yield* CliSystem.CliSystem
        const file = join(folder, "events.jsonl")
        const { code, errors } = yield* at("events", "export", "--output", file)
        assert.strictEqual(code, 0)
        const events = linesOf(readFileSync(file, "utf8")).map((line) => JSON.parse(line))
        assert.include(errors, `${events.length} events written`)
        assert.sameMembers(Array.from(new Set(events.map(({ context }) => context))), [
          "order",
          "payment",
          "delivery"
        ])
        assert.strictEqual(new Set(events.map(({ eventId }) => eventId)).size, events.length)

        const piped = yield* at("events", "export", "--context", "delivery")
        assert.deepStrictEqual(
          linesOf(piped.text).map((line) => JSON.parse(line).eventId),
          events.filter(({ context }) => context === "delivery").map(({ eventId }) => eventId)
        )
      }))

    it.effect("events export says when it cannot write", () =>
      Effect.gen(function*() {
        const { folder } = yield* CliSystem.CliSystem
        const { code, errors } = yield* at(
          "events",
          "export",
          "--output",
          join(folder, "none", "events.jsonl")
        )
        assert.strictEqual(code, 1)
        assert.include(errors, "cannot be written")
      }))

    it.effect("dashboard rebuild comes to the same rows", () =>
      Effect.gen(function*() {
        const { code, text } = yield* at("dashboard", "rebuild", "--json")
        const { changed, status } = JSON.parse(text)
        assert.deepStrictEqual({ changed, status }, { changed: 0, status: "done" })
        assert.strictEqual(code, 0)
      }))

    it.effect("parked has nothing to list or to retry", () =>
      Effect.gen(function*() {
        const list = yield* at("parked", "list")
        assert.deepStrictEqual([list.code, list.text], [0, "Nothing is parked.\n"])
        const retry = yield* at("parked", "retry", "a-subscription", "order-x")
        assert.deepStrictEqual([retry.code, retry.errors], [
          1,
          "a-subscription has parked nothing of order-x.\n"
        ])
      }))

    it.effect("doctor finds a healthy system, in Korean too", () =>
      Effect.gen(function*() {
        const { folder, url } = yield* CliSystem.CliSystem
        const { code, text } = yield* CliProcess.run(["doctor", "--url", url], {
          SAUCIER_DATA_DIR: folder,
          LC_ALL: "ko_KR.UTF-8"
        })
        assert.include(text, `${url} 에서 Saucier가 응답합니다`)
        assert.notInclude(text, "fail")
        assert.strictEqual(code, 0)
      }))
  }
)

describe("saucier, with nobody there", () => {
  it.live("says where it looked and how to start it, with 69", () =>
    Effect.gen(function*() {
      const url = yield* CliStub.nobody
      const commands = [["events", "tail"], ["events", "export"], ["dashboard", "rebuild"], [
        "parked",
        "list"
      ], [
        "load"
      ]]
      yield* Effect.forEach(commands, (command) =>
        Effect.map(CliProcess.run([...command, "--url", url]), ({ code, errors }) => {
          assert.strictEqual(code, 69, command.join(" "))
          assert.include(errors, `Nothing answers at ${url}.\nStart it with: pnpm start`)
        }), { concurrency: 2 })
      const doctor = yield* CliProcess.run(["doctor", "--url", url])
      assert.strictEqual(doctor.code, 69)
      assert.include(doctor.text, `nothing answers at ${url}`)
    }))

  it.live("does not take another program for Saucier", () =>
    Effect.gen(function*() {
      const { url } = yield* CliStub.serve(() => ({ status: 404, body: "hello" }))
      const list = yield* CliProcess.run(["parked", "list", "--url", url])
      assert.deepStrictEqual([list.code, list.errors.includes("is not Saucier")], [69, true])
      const doctor = yield* CliProcess.run(["doctor", "--url", url])
      assert.deepStrictEqual([doctor.code, doctor.text.includes("another program answers")], [1, true])
    }).pipe(Effect.scoped))

  it.live("names a bad setting, with 78", () =>
    Effect.gen(function*() {
      const setting = { SAUCIER_PROVIDER_PRESET: "sour" }
      for (const command of [["parked", "list"], ["doctor"]]) {
        const { code, errors, text } = yield* CliProcess.run(command, setting)
        assert.strictEqual(code, 78)
        assert.include(`${text}${errors}`, "SAUCIER_PROVIDER_PRESET must be one of")
      }
    }))

  it.live("tells of a setting whose name is misspelt", () =>
    Effect.gen(function*() {
      const { text } = yield* CliProcess.run(["doctor"], { SAUCIER_HTTP_PRT: "9000", SAUCIER_HTTP_PORT: "1" })
      assert.include(text, "SAUCIER_HTTP_PRT is not a setting; did you mean SAUCIER_HTTP_PORT?")
    }))

  it.live("names a wrong argument, with 2", () =>
    Effect.gen(function*() {
      const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
        [["strat"], "Invalid subcommand"],
        [["load", "--rate", "-3"], "--rate takes a number above zero"],
        [["events", "tail", "--url", "here"], "--url takes an address"],
        [["events", "tail", "--context", "kitchen"], "order, payment, delivery"],
        [["events", "tail", "--lines", "1001"], "--lines takes a whole number from 0 to 1000"],
        [["parked", "retry"], "SUBSCRIPTION STREAM, or --all"],
        [["parked", "skip", "one"], "SUBSCRIPTION STREAM"],
        [["key", "shop 1", "--role", "clerk"], "The name takes 1 to 64 letters"],
        [["key", "shop-1", "--role", "branch"], "--branch belongs to --role branch"],
        [["key", "kim", "--role", "clerk", "--branch", "1"], "--branch belongs to --role branch"],
        [["key", "shop-1", "--role", "branch", "--branch", "a b"], "--branch takes 1 to 64 letters"]
      ]
      yield* Effect.forEach(wrong, ([command, message]) =>
        Effect.map(CliProcess.run(command), ({ code, errors }) => {
          assert.strictEqual(code, 2, command.join(" "))
          assert.include(errors, message)
        }), { concurrency: 2 })
    }))

  it.live("makes a key, once, and the entry that lets it in", () =>
    Effect.gen(function*() {
      const { code, text } = yield* CliProcess.run(["key", "shop-1", "--role", "branch", "--branch", "7"])
      assert.strictEqual(code, 0)
      const [, key] = /^ {2}(sk_[\w-]{43})$/m.exec(text) ?? []
      const [, entry] = /^ {2}(shop-1:branch@7:[0-9a-f]{64})$/m.exec(text) ?? []
      const keys = yield* Schema.decode(AuthKeys.AuthKeysText)(entry ?? "")
      assert.deepStrictEqual(
        AuthKeys.find(keys, key ?? ""),
        Option.some({ name: "shop-1", role: "branch", branchId: BranchId.make("7") })
      )
    }))

  it.live("tells its commands, its version and the shell's completions", () =>
    Effect.gen(function*() {
      const help = yield* CliProcess.run(["--help"])
      for (const command of ["start", "doctor", "events tail", "events export", "parked skip", "load"]) {
        assert.include(help.text, `- ${command} `)
      }
      assert.notInclude(help.text, "\u001b")
      const version = yield* CliProcess.run(["--version"])
      assert.match(version.text, /^\d+\.\d+\.\d+\n/)
      const completions = yield* CliProcess.run(["--completions", "bash"])
      assert.include(completions.text, "complete -F")
    }))
})
